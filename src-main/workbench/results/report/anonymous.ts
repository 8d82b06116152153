import { basename } from 'node:path';
import { namedDataset } from '../../../data/namedDatasets.ts';
import type { ReportFacts } from '../../../report/facts.ts';
import { escapeHtml } from '../../../report/html.ts';
import type { TableContext } from '../../../tables/notes.ts';
import { readDefinition } from '../../../studies/definition.ts';
import type { Workbench } from '../../Workbench.ts';

const alias = 'own images';

/** The facts without the name of a person's own images, which may be any word: it is replaced where it stands, nowhere else. */
export function anonymousFacts(facts: ReportFacts): ReportFacts {
  const { comparison } = facts;
  return {
    ...facts,
    data: facts.data.map(([term, value]) => [term, term === 'Images' ? anonymousImages(value) : value]),
    tables: facts.tables.map((table) => ({
      ...withoutName(table),
      rows: table.rows.map((row) => ({
        ...row,
        result: row.result && { ...row.result, dataset: nameOf(row.result.dataset) },
      })),
    })),
    comparison: comparison && withoutName(comparison),
  };
}

function withoutName<Table extends { context: TableContext; notes: readonly string[] }>(table: Table): Table {
  const { dataset } = table.context;
  const begin = 'not ILSVRC: ';
  const notes = table.notes.map((note) =>
    note.startsWith(`${begin}${dataset},`)
      ? `${begin}${nameOf(dataset)}${note.slice(begin.length + dataset.length)}`
      : note,
  );
  return { ...table, notes, context: { ...table.context, dataset: nameOf(dataset) } };
}

function nameOf(dataset: string): string {
  return namedDataset(dataset) === undefined ? alias : dataset;
}

/** `NAME: 10,000 for training, 2,000 for validation`, or `NAME, not opened yet` */
function anonymousImages(value: string): string {
  const end = value.search(/(?:: [\d,]+ for training, [\d,]+ for validation|, not opened yet)$/);
  return nameOf(value.slice(0, end)) + value.slice(end);
}

/** A page without what else could tell who made it: folders, own presets, weights files, ids and commits. */
export function anonymousPage(page: string, { log, home }: Workbench, study: string): string {
  const { id, preset, definition } = log.studies.get(study);
  const { weights = [] } = readDefinition(id, definition);
  const runs = log.studies
    .runsOf(id)
    .flatMap(({ runId }) => (log.runs.has(runId) ? [log.runs.get(runId)] : []));
  const secrets: [text: string | null | undefined, instead: string][] = [
    [id, 'of this report'],
    [home, 'the data folder'],
    ...(/[\\/]/.test(preset) ? [[preset, 'own preset'] as [string, string]] : []),
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
