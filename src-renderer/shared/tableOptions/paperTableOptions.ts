import { columnsOf, tableColumnNames, type TableColumn } from '../../../src-main/vocabulary/tableOptions.ts';
import { settings } from '../../state/AppSettings.svelte.ts';
import { toasts } from '../../state/Toasts.svelte.ts';
import { WrittenOptions, type KeptOptions } from './WrittenOptions.svelte.ts';

const kept: KeptOptions<TableColumn> = {
  read: () => settings.current?.tableOptions,
  write: (tableOptions) => void toasts.attempt(() => settings.change({ tableOptions })),
};

/** Of all of the paper's tables, kept in the settings. */
export const paperTableOptions = new WrittenOptions(
  tableColumnNames,
  ({ layout }) => columnsOf({ layout }),
  kept,
);

/** The same for claims, which have no layout but their own. */
export const claimOptions = new WrittenOptions(tableColumnNames, () => new Set(tableColumnNames), kept);
