import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  comparisonColumnNames,
  type ComparisonColumn,
  type ComparisonOptions,
} from '../../vocabulary/comparisonOptions.ts';
import {
  spreads,
  tableColumnNames,
  tableLayouts,
  type TableColumn,
  type TableOptions,
} from '../../vocabulary/tableOptions.ts';

/** The options of every command that writes a table of errors. */
interface GivenWriting {
  decimals?: number;
  spread?: (typeof spreads)[number];
  bold?: true;
  onlyRun?: true;
}

/** Of the paper's tables. */
export interface GivenTableOptions extends GivenWriting {
  layout?: (typeof tableLayouts)[number];
  columns?: TableColumn[];
}

/** Of a comparison's. */
export interface GivenComparisonOptions extends GivenWriting {
  columns?: ComparisonColumn[];
}

export function addTableOptions(command: Command): Command {
  return addWritingOptions(
    command
      .addOption(
        new Option('--layout <LAYOUT>', "of the tables; paper is the paper's own (default: list)").choices(
          tableLayouts,
        ),
      )
      .option(
        '--columns <NAME,…>',
        `beside net, scales and errors: ${tableColumnNames.join(', ')} (default: all; in the paper's layout paper,note)`,
        readColumns(tableColumnNames),
      ),
  );
}

export function addComparisonOptions(command: Command): Command {
  return addWritingOptions(
    command.option(
      '--columns <NAME,…>',
      `of the table: ${comparisonColumnNames.join(', ')} (default: those of the comparison, effect,converged,seeds,note)`,
      readColumns(comparisonColumnNames),
    ),
  );
}

function addWritingOptions(command: Command): Command {
  return command
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
export function tableOptionsOf({ layout, ...given }: GivenTableOptions): TableOptions {
  return { layout, ...writingOf(given) };
}

export function comparisonOptionsOf(given: GivenComparisonOptions): ComparisonOptions {
  return writingOf(given);
}

function writingOf<Column>({
  columns,
  decimals,
  spread,
  bold,
  onlyRun,
}: GivenWriting & { columns?: Column[] }) {
  return { columns, decimals, spread, bold, onlyRun };
}

function readColumns<Name extends string>(names: readonly Name[]): (text: string) => Name[] {
  return (text) =>
    text.split(',').map((word) => {
      const name = names.find((each) => each === word.trim());
      if (name === undefined) throw new InvalidArgumentError(`Columns are ${names.join(', ')}.`);
      return name;
    });
}

function readDecimals(text: string): number {
  if (!/^[0-4]$/.test(text)) throw new InvalidArgumentError('It is a number from 0 to 4.');
  return Number(text);
}
