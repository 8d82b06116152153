import { countText } from '../vocabulary/counts.ts';
import { columnsOf, type TableOptions } from '../vocabulary/tableOptions.ts';
import { legend, missingText, subjects } from './cells.ts';
import { noteSentences, type TableContext } from './notes.ts';
import type { ResultTable } from './resultTable.ts';

/** The caption of a printed table: sentences, each fact once. */
export function caption(table: ResultTable, options: TableOptions): string {
  const { context } = table;
  const results = table.rows.flatMap(({ result }) => result ?? []);
  const images = [...new Set(results.map((result) => countText(result.images)))];
  const ways = [...new Set(results.map(({ protocol }) => protocol))];
  const subject = subjects[table.table];
  return [
    `${subject.charAt(0).toUpperCase()}${subject.slice(1)}:`,
    `top-1 and top-5 error (%) on ${images.length === 0 ? 'the' : images.join(' or ')} validation images of ${datasetText(context)};`,
    `preset ${context.preset}, crop ${context.crop}, width ${context.width}.`,
    ...(ways.length === 0 ? [] : [`Evaluated by ${ways.join('; by ')}.`]),
    ...(columnsOf(options).has('note') ? noteSentences(context, table.notes) : []),
    ...legend(table, options),
    ...missingText(table),
  ].join(' ');
}

function datasetText({ dataset, classes }: TableContext): string {
  return classes === null ? dataset : `${dataset} (${countText(classes)} classes)`;
}
