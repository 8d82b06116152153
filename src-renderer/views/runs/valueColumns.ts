import { figureText } from '../../../src-main/vocabulary/figures.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import { shownValue } from '../../../src-main/vocabulary/shownValue.ts';
import type { KeyDescription, RunValues } from '../../../src-main/workbench/contract.ts';
import { textOf } from '../../shared/settings/keyTexts.ts';
import { runColumns, type RunColumn, type SortValue } from './columns.ts';

/** What the list of runs has a column of its own for. */
const known = new Set([
  'network.config',
  'data.trainScale',
  'evaluation.testScales',
  'training.seed',
  'data.dataset',
]);

/** A column for every setting, and one for the latest value of every metric. Of a metric, the id is its name in the log. */
export function valueColumns(keys: readonly KeyDescription[], values: RunValues): RunColumn[] {
  const place = new Map(values.ids.map((id, index) => [id, index]));
  const at = <Value>(all: readonly Value[], id: string): Value | undefined => all[place.get(id) ?? -1];
  const labels = new Map(keys.map(({ key, label }) => [key, label]));
  const settings = values.settings
    .filter(({ key }) => !known.has(key))
    .map(({ key, values: all }): RunColumn => ({
      id: key,
      kind: 'setting',
      title: labels.get(key) ?? key,
      hint: key,
      width: 116,
      numeric: all.every((value) => value === null || value === undefined || typeof value === 'number'),
      value: ({ id }) => sortValue(key, at(all, id)),
      text: ({ id }) => textOf(key, shownValue(key, at(all, id))) || none,
    }));
  // Of what the list has already, such as the learning rate, a second column of the same id could not be told apart.
  const taken = new Set(runColumns.map(({ id }) => id));
  const others = values.metrics.filter(({ name }) => !taken.has(name));
  const metrics = others.map(({ name, values: all }): RunColumn => ({
    id: name,
    kind: 'metric',
    title: name,
    hint: `The latest value of ${name}`,
    width: 116,
    numeric: true,
    value: ({ id }) => at(all, id) ?? undefined,
    text: ({ id }) => figureText(at(all, id)),
  }));
  return [...settings, ...metrics];
}

function sortValue(key: string, value: unknown): SortValue {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'number' ? value : textOf(key, value);
}
