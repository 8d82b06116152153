import { columnsOf, tableColumnNames } from '../../../src-main/vocabulary/tableOptions.ts';
import { settings } from '../../state/AppSettings.svelte.ts';
import { toasts } from '../../state/Toasts.svelte.ts';
import { WrittenOptions } from './WrittenOptions.svelte.ts';

/** Of all of the paper's tables, kept in the settings. */
export const paperTableOptions = new WrittenOptions(tableColumnNames, ({ layout }) => columnsOf({ layout }), {
  read: () => settings.current?.tableOptions,
  write: (tableOptions) => void toasts.attempt(() => settings.change({ tableOptions })),
});
