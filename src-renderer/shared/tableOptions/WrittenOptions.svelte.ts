import type { TableOptions } from '../../../src-main/vocabulary/tableOptions.ts';

/** What can be chosen of a table: its columns are others for the paper's and for a comparison's. */
export interface ChosenOptions<Column extends string> extends Omit<TableOptions, 'columns'> {
  columns?: Column[] | undefined;
}

/** Where options are kept from one window to the next. */
export interface KeptOptions<Column extends string> {
  read: () => ChosenOptions<Column> | undefined;
  write: (options: ChosenOptions<Column>) => void;
}

/** How tables are copied and saved. Defaults are not passed on, so that these tables stay as they always were. */
export class WrittenOptions<Column extends string> {
  readonly #kept: KeptOptions<Column>;
  /** All that can be chosen. */
  readonly names: readonly Column[];
  readonly #usual: (options: Pick<TableOptions, 'layout'>) => ReadonlySet<Column>;

  readonly columns: ReadonlySet<Column> = $derived.by(() =>
    this.options.columns ? new Set(this.options.columns) : this.#usual(this.options),
  );
  readonly isUsual: boolean = $derived.by(() =>
    Object.values(this.options).every((value) => value === undefined),
  );

  /** @param usual the columns that are there if none are chosen */
  constructor(
    names: readonly Column[],
    usual: (options: Pick<TableOptions, 'layout'>) => ReadonlySet<Column>,
    kept: KeptOptions<Column>,
  ) {
    this.#kept = kept;
    this.names = names;
    this.#usual = usual;
  }

  get options(): ChosenOptions<Column> {
    return this.#kept.read() ?? {};
  }

  set options(options: ChosenOptions<Column>) {
    this.#kept.write(options);
  }

  change(changes: ChosenOptions<Column>): void {
    this.options = { ...this.options, ...changes };
  }

  choose(column: Column, isChosen: boolean): void {
    const chosen = this.names.filter((each) => (each === column ? isChosen : this.columns.has(each)));
    const usual = this.#usual(this.options);
    const isUsual = chosen.length === usual.size && chosen.every((each) => usual.has(each));
    this.change({ columns: isUsual ? undefined : chosen });
  }
}
