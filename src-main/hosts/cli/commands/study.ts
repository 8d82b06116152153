import { Option, type Command } from 'commander';
import { defined } from '../../../foundation/defined.ts';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { comparisonOptionsOf, addComparisonOptions, type GivenComparisonOptions } from '../tableOptions.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';
import { refuseSettingsOfKnown, addStudyOptions, trainStudy, type StudyOptions } from '../trainStudy.ts';
import { writeComparison } from '../writeComparison.ts';
import type { AddCommand } from './AddCommand.ts';

interface Options extends StudyOptions, GivenComparisonOptions {
  only?: string[];
  show?: boolean;
  format: 'csv' | 'markdown' | 'latex';
}

export const addStudy: AddCommand = (program, session) => {
  const study = program
    .command('study')
    .description('train nets alike to compare them, and write the table; without a name, list what there is')
    .argument('[name]', 'what to compare, such as width-depth')
    .argument('[settings...]', 'any key of the configuration as key.path=value, over the preset');
  addComparisonOptions(addStudyOptions(study))
    .option('--only <RUN,…>', 'train these now (D, A/glorot, D#2) and what they start from', (text) =>
      text.split(',').map((run) => run.trim()),
    )
    .option('--show', 'print what the study, or the newest of that name, has come to; train nothing')
    .addOption(
      new Option('--format <FORMAT>', 'how --show prints it')
        .choices(['csv', 'markdown', 'latex'])
        .default('markdown'),
    )
    .action(async (name: string | undefined, overrides: string[], options: Options, command: Command) => {
      refuseSettingsOfKnown(command, options, name === undefined ? [] : [name, ...overrides]);
      if (options.show === true) {
        await show(session, options.study ?? (await newestOf(session, name)), options);
      } else if (name === undefined && options.study === undefined) {
        await list(session);
      } else {
        // A study of the paper's tables is refused before it is trained.
        if (options.study !== undefined) await session.client.comparisons.get({ study: options.study });
        await trainStudy(
          session,
          { ...options, ...defined({ comparison: name }), overrides },
          {
            write: (id, folder) => writeComparison(session, id, folder, comparisonOptionsOf(options)),
            command: 'study',
          },
        );
      }
    });
};

async function list(session: Session): Promise<void> {
  const comparisons = await session.client.comparisons.list();
  session.result(comparisons, () =>
    textTable(
      ['Name', 'Runs>', 'Title', 'Source'],
      comparisons.map(({ name, title, source, runs }) => [name, String(runs.length), title, source]),
    ),
  );
}

async function show(session: Session, study: string, options: Options): Promise<void> {
  const { client } = session;
  if (session.json) session.line(await client.comparisons.get({ study }));
  else
    session.text(
      await client.comparisons.render({
        study,
        format: options.format,
        options: comparisonOptionsOf(options),
      }),
    );
}

/** @throws WorkbenchError `study-not-found` */
async function newestOf(session: Session, name: string | undefined): Promise<string> {
  const studies = await session.client.studies.list();
  const found = studies.find(
    ({ comparison }) => comparison !== null && (name === undefined || comparison.name === name),
  );
  if (found) return found.id;
  throw new WorkbenchError(
    'study-not-found',
    `There is no study ${name ?? 'that compares'} yet.`,
    `Make one with npm run -s vgg -- study ${name ?? 'NAME'}.`,
  );
}
