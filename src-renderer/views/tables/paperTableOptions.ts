import { columnsOf, tableColumnNames } from '../../../src-main/vocabulary/tableOptions.ts';
import { WrittenOptions } from './WrittenOptions.svelte.ts';

/** Of all of the paper's tables, until the window is closed. */
export const paperTableOptions = new WrittenOptions(tableColumnNames, ({ layout }) => columnsOf({ layout }));
