import { InvalidArgumentError, Option, type Command } from 'commander';
import { tableNumbers } from '../../../vocabulary/paperTables.ts';
import { parseTrainScale } from '../../../vocabulary/scales.ts';
import type { TableNumber, TrainScale } from '../../../workbench/contract.ts';
import {
  refuseSettingsOfKnown,
  addStudyOptions,
  trainStudy,
  type StudyOptions,
  type StudyRequest,
} from '../trainStudy.ts';
import { addTableOptions, tableOptionsOf, type GivenTableOptions } from '../tableOptions.ts';
import { writeTables } from '../writeTables.ts';
import type { AddCommand } from './AddCommand.ts';

interface Options extends StudyOptions, GivenTableOptions {
  tables?: TableNumber[];
  nets?: string[];
  weights?: string[];
  trainedAt?: (TrainScale | undefined)[];
}

export const addReproduce: AddCommand = (program, session) => {
  const reproduce = program
    .command('reproduce')
    .description("train every net of the paper's Tables 3 and 4, or of others, and write the tables")
    .argument('[settings...]', 'any key of the configuration as key.path=value, over the preset');
  addTableOptions(addStudyOptions(reproduce))
    .option(
      '--tables <NUMBER,…>',
      'which to fill: 3 and 4, 5 (multi-crop beside dense), 6 (fusion of nets) (default: 3,4)',
      readTables,
    )
    .addOption(
      new Option('--nets <NET,…>', 'a study of these alone, and of those they start from (D, D@256)')
        .argParser((text: string) => text.split(',').map((net) => net.trim()))
        .conflicts('study'),
    )
    .addOption(
      new Option(
        '--weights <FILE>',
        'a net trained elsewhere, for the preset paper-evaluation; once for each net',
      )
        .argParser((path: string, others: string[] | undefined) => [...(others ?? []), path])
        .conflicts('study'),
    )
    .option(
      '--trained-at <S>',
      "the S that it was trained with, at the paper's crop: for all, or for each in order; own is what its format gives (default: own; the authors' files give 256-512)",
      readTrainScale,
    )
    .action(async (overrides: string[], options: Options, command: Command) => {
      refuseSettingsOfKnown(command, options, overrides);
      // A study that is a comparison is refused before it is trained.
      if (options.study !== undefined) await session.client.tables.get({ study: options.study, table: 3 });
      await trainStudy(
        session,
        { ...options, weights: requestsOf(options), overrides },
        {
          write: (study, folder) => writeTables(session, study, folder, tableOptionsOf(options)),
          command: 'reproduce',
        },
      );
    });
};

/** S for each file: one for all, or as many as there are files. */
function requestsOf({ weights, trainedAt = [] }: Options): StudyRequest['weights'] {
  const files = weights?.length ?? 0;
  if (trainedAt.length > 1 ? trainedAt.length !== files : trainedAt.length > files)
    throw new InvalidArgumentError('Give --trained-at once, or once for each --weights.');
  return weights?.map((path, index) => ({
    path,
    trainedAt: trainedAt.length > 1 ? trainedAt[index] : trainedAt[0],
  }));
}

function readTrainScale(text: string, others: Options['trainedAt'] = []): Options['trainedAt'] {
  if (text === 'own') return [...others, undefined];
  const trainScale = parseTrainScale(text);
  if (trainScale === undefined)
    throw new InvalidArgumentError('S is a number, a range such as 256-512, or own.');
  return [...others, trainScale];
}

function readTables(text: string): TableNumber[] {
  return text.split(',').map((word) => {
    const table = tableNumbers.find((number) => String(number) === word.trim());
    if (table === undefined) throw new InvalidArgumentError(`Tables are ${tableNumbers.join(', ')}.`);
    return table;
  });
}
