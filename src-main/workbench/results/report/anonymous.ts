import { hostname } from 'node:os';
import { basename } from 'node:path';
import { namedDataset } from '../../../data/namedDatasets.ts';
import { escapeHtml } from '../../../report/html.ts';
import { readDefinition } from '../../../studies/definition.ts';
import type { Workbench } from '../../Workbench.ts';

/** A page without what could tell who made it: folders, names of own images and presets, ids, commits, the machine's name. */
export function anonymous(page: string, { log, home }: Workbench, study: string): string {
  const { id, preset, definition } = log.studies.get(study);
  const { dataset, weights = [] } = readDefinition(id, definition);
  const runs = log.studies
    .runsOf(id)
    .flatMap(({ runId }) => (log.runs.has(runId) ? [log.runs.get(runId)] : []));
  const names = [dataset, ...runs.flatMap((run) => run.dataset?.name ?? [])];
  const secrets: [text: string | null | undefined, instead: string][] = [
    [id, 'of this report'],
    ...runs.map((run): [string, string] => [run.id, 'run']),
    ...names
      .filter((name) => namedDataset(name) === undefined)
      .flatMap((name): [string, string][] => [
        [name, 'own images'],
        [basename(name), 'own images'],
      ]),
    ...(/[\\/]/.test(preset) ? [[preset, 'own preset'] as [string, string]] : []),
    ...weights.flatMap(({ path }): [string, string][] => [
      [path, 'weights'],
      [basename(path), 'weights'],
    ]),
    ...runs.map((run): [string | null | undefined, string] => [run.environment?.commit, 'withheld']),
    [home, 'the data folder'],
    [hostname(), 'a machine'],
  ];
  // The longest first, since one may be part of another.
  const found = secrets
    .flatMap(([text, instead]) => (text ? [{ text: escapeHtml(text), instead }] : []))
    .toSorted((one, other) => other.text.length - one.text.length);
  return found.reduce((text, secret) => text.replaceAll(secret.text, secret.instead), page);
}
