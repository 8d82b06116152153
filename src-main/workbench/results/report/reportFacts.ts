import { placeKeys } from '../../../configuration/configSources.ts';
import { describeKeys } from '../../../configuration/keys.ts';
import { projectVersion } from '../../../foundation/project.ts';
import type { ReportFacts, ReportRun } from '../../../report/facts.ts';
import { ownResult } from '../../../runs/ownEvaluation.ts';
import { readDefinition, tablesOf } from '../../../studies/definition.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { convergenceSentence } from '../../../vocabulary/convergence.ts';
import { datasetText } from '../../../vocabulary/datasetText.ts';
import { valueAt } from '../../../vocabulary/valueAt.ts';
import type { Workbench } from '../../Workbench.ts';
import { judgedClaims } from '../claims/judgedClaims.ts';
import { studyComparison } from '../studyComparison.ts';
import { studyTable } from '../studyTable.ts';
import { checklist } from './checklist.ts';
import { placedRuns, type PlacedRun } from '../placedRuns.ts';
import { layerCurve, lossCurve, validationCurve } from './reportCurves.ts';

/** Gathers what a study's report says. @throws WorkbenchError those of tables and claims, `study-not-found` */
export async function reportFacts(workbench: Workbench, requested: string): Promise<ReportFacts> {
  const { log } = workbench;
  const study = log.studies.get(requested);
  const definition = readDefinition(study.id, study.definition);
  const runs = placedRuns(log, study.id);
  const tables = [];
  for (const table of tablesOf(definition)) tables.push(await studyTable(workbench, study.id, table));
  const claims = await judgedClaims(workbench, { study: study.id });
  return {
    study: study.id,
    preset: study.preset,
    finishedAt: study.finishedAt,
    workbench: projectVersion(),
    data: dataFacts(runs, definition.dataset),
    environments: environments(runs),
    settings: settings(runs),
    runs: runs.map((keyed) => reportRun(workbench, keyed)),
    tables,
    comparison: definition.comparison ? await studyComparison(workbench, study.id) : null,
    claims,
    validation: runs.flatMap((keyed) => validationCurve(log, keyed)),
    loss: runs.flatMap((keyed) => lossCurve(log, keyed)),
    layers: runs.flatMap((keyed) => layerCurve(log, keyed)),
    checklist: checklist(log, runs, claims),
  };
}

function reportRun({ log }: Workbench, { key, seed, run }: PlacedRun): ReportRun {
  const convergence = log.judge.of(run);
  const validated = log.metrics.summaries(run.id).find(({ name }) => name === 'val/top1Error')?.latest.epoch;
  return {
    key,
    id: run.id,
    seed,
    status: run.status,
    // A validation ends an epoch, of which the first is 0.
    epochs: validated === undefined ? '' : `${validated + 1} of ${run.config.training.epochs}`,
    converged: convergence === null ? '' : convergenceSentence(convergence),
    top1Error: ownResult(run, log.evaluations.of(run.id))?.top1Error ?? null,
  };
}

/** What was trained on, once for each set of images. */
function dataFacts(runs: readonly PlacedRun[], dataset: string): [string, string][] {
  const seen = new Map(
    runs.flatMap(({ run }) => (run.dataset ? [[run.dataset.fingerprint, run.dataset] as const] : [])),
  );
  if (seen.size === 0) return [['Images', `${datasetText(dataset)}, not opened yet`]];
  return [...seen.values()].flatMap((facts): [string, string][] => [
    [
      'Images',
      `${facts.name}: ${countText(facts.trainImages)} for training, ${countText(facts.valImages)} for validation`,
    ],
    ['Classes', String(facts.classes)],
    ['Left out, unreadable', String(facts.skippedImages)],
    ['Fingerprint', facts.fingerprint],
    ['Of the validation images', facts.valFingerprint],
  ]);
}

/** Each environment once, with the runs that were trained in it. */
function environments(runs: readonly PlacedRun[]): [string, string][][] {
  const groups = Map.groupBy(
    runs.filter(({ run }) => run.environment !== null),
    ({ run }) => JSON.stringify({ ...run.environment, weights: null }),
  );
  return [...groups.values()].map((group) => {
    const { environment } = group[0]?.run ?? {};
    const named = Object.entries(environment ?? {}).filter(([name]) => name !== 'weights');
    return [
      ['Runs', group.map(({ key }) => key).join(', ')],
      ...named.map(([name, value]): [string, string] => [name, value === null ? 'not known' : textOf(value)]),
    ];
  });
}

/** Every setting with its value, or with the values of the runs that differ. */
function settings(runs: readonly PlacedRun[]): { key: string; values: string }[] {
  // Where things are on one machine says nothing to a reader.
  return describeKeys()
    .filter(({ key }) => !placeKeys.has(key))
    .flatMap(({ key }) => {
      const valueOf = ({ run }: PlacedRun) => textOf(valueAt(run.config, key));
      const groups = [...Map.groupBy(runs, valueOf)];
      if (groups.length === 0) return [];
      const [only] = groups;
      if (only && groups.length === 1) return [{ key, values: only[0] }];
      return [{ key, values: groups.map(([value, some]) => `${value}: ${namesOf(some)}`).join('; ') }];
    });
}

function namesOf(runs: readonly PlacedRun[]): string {
  return runs.map(({ key }) => key).join(', ');
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
