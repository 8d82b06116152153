import {
  columnsOf,
  tableColumnNames,
  type TableColumn,
  type TableOptions,
} from '../../../src-main/vocabulary/tableOptions.ts';

/** How tables are copied and saved. What is as usual is not told, so that it stays as it always was. */
export class TableOptionsState {
  options = $state.raw<TableOptions>({});

  readonly columns: ReadonlySet<TableColumn> = $derived.by(() => columnsOf(this.options));
  readonly isUsual: boolean = $derived.by(() =>
    Object.values(this.options).every((value) => value === undefined),
  );

  change(changes: Partial<TableOptions>): void {
    this.options = { ...this.options, ...changes };
  }

  choose(column: TableColumn, isChosen: boolean): void {
    const chosen = tableColumnNames.filter((each) => (each === column ? isChosen : this.columns.has(each)));
    const usual = columnsOf({ layout: this.options.layout });
    const isUsual = chosen.length === usual.size && chosen.every((each) => usual.has(each));
    this.change({ columns: isUsual ? undefined : chosen });
  }
}

/** For all tables until the window is closed. */
export const tableOptions = new TableOptionsState();
