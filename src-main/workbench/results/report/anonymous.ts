import { basename } from 'node:path';
import { placeKeys, settingsOfOverride } from '../../../configuration/configSources.ts';
import { namedDatasets } from '../../../data/namedDatasets.ts';
import type { ReportFacts } from '../../../report/facts.ts';
import { escapeHtml } from '../../../report/html.ts';
import { comparabilityNotes, type TableContext } from '../../../tables/notes.ts';
import { readDefinition } from '../../../studies/definition.ts';
import { presetNames } from '../../../studies/preset.ts';
import { datasetText } from '../../../vocabulary/datasetText.ts';
import { splitInName } from '../../../vocabulary/ownSplit.ts';
import type { Workbench } from '../../Workbench.ts';
import { placedRuns } from '../placedRuns.ts';

const alias = 'own images';

/**
 * The facts without names that a person has chosen, of images and of a preset, and without the places of files among the
 * settings. A name may be any word: it is replaced where it stands, nowhere else.
 */
export function anonymousFacts(facts: ReportFacts): ReportFacts {
  const { comparison } = facts;
  return {
    ...facts,
    preset: presetOf(facts.preset),
    data: facts.data.map(([term, value]) => [term, term === 'Images' ? anonymousImages(value) : value]),
    tables: facts.tables.map((table) => ({
      ...withoutNames(table),
      rows: table.rows.map((row) => ({
        ...row,
        result: row.result && { ...row.result, dataset: nameOf(row.result.dataset) },
      })),
    })),
    comparison: comparison && withoutNames(comparison),
  };
}

function withoutNames<Table extends { context: TableContext; notes: readonly string[] }>(
  table: Table,
): Table {
  const { preset, dataset, changes } = table.context;
  const context = {
    ...table.context,
    preset: presetOf(preset),
    dataset: nameOf(dataset),
    changes: changes.map(withoutPlace),
  };
  const [named, nameless] = [comparabilityNotes(table.context), comparabilityNotes(context)];
  const notes = table.notes.map((note) => nameless[named.indexOf(note)] ?? note);
  return { ...table, notes, context };
}

function presetOf(name: string): string {
  return presetNames().includes(name) ? name : 'own preset';
}

/** `data.classList=withheld` for the settings that name places, alone or in a group. */
function withoutPlace(change: string): string {
  const settings = change.includes('=') ? settingsOfOverride(change) : [];
  if (!settings.some(({ key }) => placeKeys.has(key))) return change;
  return settings
    .map(({ key, value }) => `${key}=${placeKeys.has(key) ? 'withheld' : JSON.stringify(value)}`)
    .join(', ');
}

function nameOf(dataset: string): string {
  const isNamed = namedDatasets.some(({ name }) => name === dataset || datasetText(name) === dataset);
  return isNamed ? dataset : alias + splitInName(dataset);
}

/** `NAME: 10,000 for training, 2,000 for validation`, or `NAME, not opened yet` */
function anonymousImages(value: string): string {
  const end = value.search(/(?:: [\d,]+ for training, [\d,]+ for validation|, not opened yet)$/);
  return nameOf(value.slice(0, end)) + value.slice(end);
}

/** A page without what else could show who made it: folders, weights files, ids and commits. */
export function anonymousPage(page: string, { log, home }: Workbench, study: string): string {
  const { id, definition } = log.studies.get(study);
  const { weights = [] } = readDefinition(id, definition);
  const runs = placedRuns(log, id).map(({ run }) => run);
  const secrets: [text: string | null | undefined, instead: string][] = [
    [id, 'of this report'],
    [home, 'the data folder'],
    ...weights.flatMap(({ path }): [string, string][] => [
      [path, 'weights'],
      [basename(path), 'weights'],
    ]),
    ...runs.flatMap((run): [string | null | undefined, string][] => [
      [run.id, 'run'],
      [run.environment?.commit, 'withheld'],
    ]),
  ];
  // The longest first, since one may be part of another.
  const found = secrets
    .flatMap(([text, instead]) => (text ? [{ text: escapeHtml(text), instead }] : []))
    .toSorted((one, other) => other.text.length - one.text.length);
  return found.reduce((text, secret) => text.replaceAll(secret.text, secret.instead), page);
}
