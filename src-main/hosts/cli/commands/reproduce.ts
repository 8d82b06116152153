import { InvalidArgumentError, type Command } from 'commander';
import type { TableNumber } from '../../../workbench/contract.ts';
import { refuseSettingsOfKnown, takesStudyOptions, trainStudy, type StudyOptions } from '../trainStudy.ts';
import { writeTables } from '../writeTables.ts';
import type { AddCommand } from './AddCommand.ts';

interface Options extends StudyOptions {
  tables?: TableNumber[];
}

export const addReproduce: AddCommand = (program, session) => {
  const reproduce = program
    .command('reproduce')
    .description("train every net of the paper's Tables 3 and 4, or of others, and write the tables")
    .argument('[settings...]', 'any key of the configuration as key.path=value, over the preset');
  takesStudyOptions(reproduce)
    .option(
      '--tables <NUMBER,…>',
      'which to fill: 3 and 4, 5 (multi-crop beside dense), 6 (fusion of nets) (default: 3,4)',
      readTables,
    )
    .action(async (overrides: string[], options: Options, command: Command) => {
      refuseSettingsOfKnown(command, options, overrides);
      await trainStudy(
        session,
        { ...options, overrides },
        { write: (study, folder) => writeTables(session, study, folder), command: 'reproduce' },
      );
    });
};

const tables: readonly TableNumber[] = [3, 4, 5, 6];

function readTables(text: string): TableNumber[] {
  return text.split(',').map((word) => {
    const table = tables.find((number) => String(number) === word.trim());
    if (table === undefined) throw new InvalidArgumentError(`Tables are ${tables.join(', ')}.`);
    return table;
  });
}
