import type { ComparedRun, RunComparison } from '../../../src-main/workbench/contract.ts';
import { shownValue } from '../../../src-main/vocabulary/shownValue.ts';
import { seriesStyle, type SeriesStyle } from '../../charts/palette.ts';
import { settingText } from '../../shared/settings/settingText.ts';

/** As many curves as can be told apart, by colours and by labels. */
export const mostApart = 8;

/** Of runs whose group is not drawn. */
const leftOutStyle: SeriesStyle = { colour: '#bbbbbb', dash: [1, 5] };

/** Runs that differ in their seed alone, drawn as one curve. */
export interface RunGroup {
  /** By the settings in which the groups differ: `E, S 55`. */
  name: string;
  ids: readonly string[];
  style: SeriesStyle;
}

/** What the runs differ in. */
type Compared = Pick<RunComparison, 'differences'> & { runs: readonly Pick<ComparedRun, 'id'>[] };

export interface RunGroups {
  drawn: readonly RunGroup[];
  /** Names of the groups beyond {@link mostApart}. */
  leftOut: readonly string[];
}

/** The groups of many runs, the largest first. Runs that are hidden belong to none, and make room for others. */
export function runGroups(facts: Compared, hidden: ReadonlySet<string>): RunGroups {
  const names = groupNames(facts);
  const groups = [...Map.groupBy([...names.keys()], (id) => names.get(id) ?? '')]
    .map(([name, ids]) => ({ name: name || 'all', ids: ids.filter((id) => !hidden.has(id)) }))
    .filter(({ ids }) => ids.length > 0)
    .toSorted((one, other) => other.ids.length - one.ids.length);
  return {
    drawn: groups.slice(0, mostApart).map((group, index) => ({ ...group, style: seriesStyle(index) })),
    leftOut: groups.slice(mostApart).map(({ name }) => name),
  };
}

/** Each run as its group's curve is drawn. */
export function groupStyles(ids: readonly string[], { drawn }: RunGroups): SeriesStyle[] {
  return ids.map((id) => drawn.find((group) => group.ids.includes(id))?.style ?? leftOutStyle);
}

/** What each run's group is called: by no more settings than tell the groups apart, net and S before all others. */
function groupNames({ runs, differences }: Compared): Map<string, string> {
  const order = ['network.config', 'data.trainScale'];
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const columns = differences
    .filter(({ key }) => key !== 'training.seed' && key !== 'initialisation.from')
    .toSorted((one, other) => rank(one.key) - rank(other.key))
    .map(({ key, values }) => values.map((value) => valueName(key, value)));
  let names = runs.map(() => '');
  for (const column of columns) {
    const longer = names.map((name, index) => [name, column[index]].filter(Boolean).join(', '));
    if (new Set(longer).size > new Set(names).size) names = longer;
  }
  return new Map(runs.map(({ id }, index) => [id, names[index] ?? '']));
}

function valueName(key: string, value: unknown): string {
  if (key === 'network.config') return settingText(value);
  if (key === 'data.trainScale') return `S ${settingText(shownValue(key, value))}`;
  return `${key.slice(key.lastIndexOf('.') + 1)} ${settingText(shownValue(key, value))}`;
}
