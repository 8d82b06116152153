import { Argument, Option } from 'commander';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { tableNumbers } from '../../../vocabulary/paperTables.ts';
import { addTableOptions, tableOptionsOf, type GivenTableOptions } from '../tableOptions.ts';
import type { AddCommand } from './AddCommand.ts';

const formats = ['csv', 'markdown', 'latex'] as const;

interface Options extends GivenTableOptions {
  study?: string;
  format: (typeof formats)[number];
}

export const addTable: AddCommand = (program, session) => {
  const command = program
    .command('table')
    .description("print one of the paper's tables beside a study's results")
    .addArgument(new Argument('<number>', 'of the table').choices(tableNumbers.map(String)))
    .option('--study <ID>', 'the study (default: the newest of the tables)')
    .addOption(new Option('--format <FORMAT>', 'how to print it').choices(formats).default('markdown'));
  addTableOptions(command).action(async (number: string, options: Options) => {
    const { client } = session;
    const study =
      options.study ?? (await client.studies.list()).find(({ comparison }) => comparison === null)?.id;
    if (study === undefined) {
      throw new WorkbenchError(
        'study-not-found',
        "There is no study of the paper's tables yet.",
        'Make one with npm run -s vgg -- reproduce.',
      );
    }
    const table = tableNumbers.find((each) => String(each) === number) ?? 3;
    if (session.json) session.line(await client.tables.get({ study, table }));
    else
      session.text(
        await client.tables.render({
          study,
          table,
          format: options.format,
          options: tableOptionsOf(options),
        }),
      );
  });
};
