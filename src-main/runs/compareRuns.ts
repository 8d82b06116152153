import { describeKeys } from '../configuration/keys.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { wholeRowScales } from '../tables/scales.ts';
import { table3, table4, type PaperRow } from '../vocabulary/paperTables.ts';
import { sameScales, type TrainScale } from '../vocabulary/scales.ts';
import { meanAndDeviation } from '../vocabulary/statistics.ts';
import { valueAt } from '../vocabulary/valueAt.ts';
import { ownResult } from './ownEvaluation.ts';
import type { Evaluation, Run } from './records.ts';

/** Several runs side by side: their settings, their results, and which differ only in the seed. */
export interface RunComparison {
  runs: ComparedRun[];
  /** The keys of the configuration in which the runs differ, with a value for each run in order. */
  differences: { key: string; values: unknown[] }[];
  /** The keys in which they agree. */
  common: { key: string; value: unknown }[];
  /** Runs that differ only in the seed, where there are several. */
  groups: SeedGroup[];
}

/** Errors in %, by each run's own protocol; null before there is one. */
export interface ComparedRun extends Pick<Run, 'id' | 'name' | 'status' | 'colour'> {
  trainScale: TrainScale;
  /** Of its images, once they are known. */
  classes: number | null;
  top1Error: number | null;
  top5Error: number | null;
  evaluations: Evaluation[];
  /** The paper's rows for the same net and S, with scales converted to the run's crop (Tables 3 and 4). */
  paper: PaperBaseline[];
}

export interface PaperBaseline extends PaperRow {
  table: 3 | 4;
  /** Q in pixels at the run's crop. */
  scaledTestScales: number[];
}

/** Mean and sample deviation of the own results over seeds; null while fewer than two have one. */
export interface SeedGroup {
  ids: string[];
  seeds: number[];
  top1: { mean: number; deviation: number } | null;
  top5: { mean: number; deviation: number } | null;
}

const seedKey = 'training.seed';

export function compareRuns(
  entries: readonly { run: Run; evaluations: readonly Evaluation[] }[],
): RunComparison {
  const differences: RunComparison['differences'] = [];
  const common: RunComparison['common'] = [];
  for (const { key } of describeKeys()) {
    const values = entries.map(({ run }) => valueAt(run.config, key));
    if (new Set(values.map((value) => JSON.stringify(value))).size > 1) differences.push({ key, values });
    else common.push({ key, value: values[0] });
  }
  const runs = entries.map(({ run, evaluations }): ComparedRun => {
    const result = ownResult(run, evaluations);
    return {
      id: run.id,
      name: run.name,
      status: run.status,
      colour: run.colour,
      trainScale: run.config.data.trainScale,
      classes: run.dataset?.classes ?? run.config.network.classes,
      top1Error: result?.top1Error ?? null,
      top5Error: result?.top5Error ?? null,
      evaluations: [...evaluations],
      paper: paperBaselines(run.config),
    };
  });
  return { runs, differences, common, groups: seedGroups(entries, runs) };
}

function paperBaselines({ network, data }: RunConfig): PaperBaseline[] {
  const rows = [
    ...table3.map((row) => ({ ...row, table: 3 as const })),
    ...table4.map((row) => ({ ...row, table: 4 as const })),
  ];
  return rows.flatMap((row) => {
    if (row.config !== network.config) return [];
    const scales = wholeRowScales(row, network.crop);
    if (!scales || !sameScales(scales.trainScale, data.trainScale)) return [];
    return [{ ...row, scaledTestScales: scales.testScales }];
  });
}

function seedGroups(entries: readonly { run: Run }[], compared: readonly ComparedRun[]): SeedGroup[] {
  const groups = Map.groupBy(
    entries.map(({ run }, index) => ({ run, result: compared[index] })),
    ({ run }) => settingsBesidesSeed(run.config),
  );
  return [...groups.values()]
    .filter((members) => members.length > 1)
    .map((members) => ({
      ids: members.map(({ run }) => run.id),
      seeds: members.map(({ run }) => run.config.training.seed),
      top1: overSeeds(members.map(({ result }) => result?.top1Error ?? null)),
      top5: overSeeds(members.map(({ result }) => result?.top5Error ?? null)),
    }));
}

function overSeeds(errors: readonly (number | null)[]): SeedGroup['top1'] {
  const { mean, deviation } = meanAndDeviation(errors.filter((error) => error !== null));
  return deviation === null ? null : { mean, deviation };
}

/** Within a study each seed starts from its own net A, so only whether there is a source counts. */
function settingsBesidesSeed(config: RunConfig): string {
  return JSON.stringify(
    describeKeys()
      .filter(({ key }) => key !== seedKey)
      .map(({ key }) => {
        const value = valueAt(config, key);
        return key === 'initialisation.from' ? value !== null : value;
      }),
  );
}
