import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  spreads,
  tableColumnNames,
  tableLayouts,
  type TableColumn,
  type TableOptions,
} from '../../vocabulary/tableOptions.ts';

/** The options of every command that writes the paper's tables. */
export interface GivenTableOptions {
  layout?: (typeof tableLayouts)[number];
  columns?: TableColumn[];
  decimals?: number;
  spread?: (typeof spreads)[number];
  bold?: true;
  onlyRun?: true;
}

export function takesTableOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--layout <LAYOUT>', "of the tables; paper is the paper's own (default: list)").choices(
        tableLayouts,
      ),
    )
    .option(
      '--columns <NAME,…>',
      `beside net, scales and errors: ${tableColumnNames.join(', ')} (default: all; in the paper's layout paper,note)`,
      readColumns,
    )
    .option('--decimals <COUNT>', 'of our errors, 0 to 4 (default: 2; in CSV all there are)', readDecimals)
    .addOption(
      new Option(
        '--spread <OVER>',
        'what stands after ±: the standard deviation over seeds, the standard error over images, none (default: seeds)',
      ).choices(spreads),
    )
    .option('--bold', 'the lowest error of a column in bold (Markdown, LaTeX)')
    .option('--only-run', 'without the rows that were not run');
}

/** What was asked for among all options of a command. */
export function tableOptionsOf({
  layout,
  columns,
  decimals,
  spread,
  bold,
  onlyRun,
}: GivenTableOptions): TableOptions {
  return { layout, columns, decimals, spread, bold, onlyRun };
}

function readColumns(text: string): TableColumn[] {
  return text.split(',').map((word) => {
    const name = tableColumnNames.find((each) => each === word.trim());
    if (name === undefined) throw new InvalidArgumentError(`Columns are ${tableColumnNames.join(', ')}.`);
    return name;
  });
}

function readDecimals(text: string): number {
  if (!/^[0-4]$/.test(text)) throw new InvalidArgumentError('It is a number from 0 to 4.');
  return Number(text);
}
