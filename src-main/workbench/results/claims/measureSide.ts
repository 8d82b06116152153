import type { MeasuredSide as Side } from '../../../claims/definition.ts';
import type { SideRun } from '../../../claims/judged.ts';
import type { MeasuredSide, SeedOutcome } from '../../../claims/measured.ts';
import { cellScoring, plainSide } from '../../../claims/sides.ts';
import type { RequestedEvaluation } from '../../../configuration/evaluations.ts';
import { WorkbenchError } from '../../../foundation/errors.ts';
import type { Run } from '../../../runs/records.ts';
import { convergenceText } from '../../../vocabulary/convergence.ts';
import { testScalesText } from '../../../vocabulary/scales.ts';
import { scoredRun } from '../fusedRuns.ts';
import type { Workbench } from '../../Workbench.ts';
import type { PlacedRun } from '../placedRuns.ts';
import { testScalesAt, type NeededTraining, type RunSource } from './runSources.ts';
import { scoredEvaluation, settingsOf, conditionsOf } from './scored.ts';

/** Finds the runs of a side, and reads which images each of them got right. */
export async function measureSide(
  workbench: Workbench,
  side: Side,
  sources: readonly RunSource[],
): Promise<MeasuredSide> {
  const { needed, command } = trainingsFor(workbench, side, sources);
  const placed = needed.flatMap(({ runs }) => runs);
  const seeds: SeedOutcome[] = [];
  const evaluations: string[] = [];
  for (const seed of [...new Set(placed.map((run) => run.seed))].sort((one, other) => one - other)) {
    const runs = needed.flatMap((training) => training.runs.find((run) => run.seed === seed) ?? []);
    if (runs.length < needed.length) continue;
    const scored = await readable(() => seedOutcome(workbench, side, runs));
    if (scored instanceof WorkbenchError) evaluations.push(scored.message);
    else if (scored) seeds.push({ seed, ...scored });
    else evaluations.push(...runs.map((run) => unscoredText(run, requestedOf(side, run.run))));
  }
  const trainings = needed.flatMap(({ lacking }) => lacking);
  const errors = seeds.map(({ error }) => error);
  return {
    side: {
      ...plainSide(side),
      error: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length,
      runs: placed.map((run) => sideRun(workbench, run)),
    },
    seeds,
    missing: trainings.length + evaluations.length === 0 ? null : { trainings, evaluations, command },
  };
}

function trainingsFor(
  { log }: Workbench,
  side: Side,
  sources: readonly RunSource[],
): { needed: NeededTraining[]; command: string | null } {
  if ('id' in side) {
    if (!log.runs.has(side.id)) return { needed: [{ runs: [], lacking: [side.id] }], command: null };
    // Two runs that are named are a pair, whatever their seeds.
    return {
      needed: [{ runs: [{ run: log.runs.get(side.id), key: side.id, seed: 0 }], lacking: [] }],
      command: null,
    };
  }
  for (const { trainingsOf, command } of sources) {
    const needed = trainingsOf(side);
    if (needed) return { needed, command };
  }
  if ('comparison' in side) {
    const lacking = [side.run];
    return { needed: [{ runs: [], lacking }], command: `npm run -s vgg -- study ${side.comparison}` };
  }
  const { net, S } = side;
  const lacking = net.map((one) => `${one}@${[S].flat().join('-')}`);
  return { needed: [{ runs: [], lacking }], command: 'npm run reproduce' };
}

/** What cannot be read is as if it were not there, and says why. */
async function readable<Value>(read: () => Promise<Value>): Promise<Value | WorkbenchError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
}

/** The score of a side with one seed: of a net, or of the mean of several; undefined while it is not there. */
async function seedOutcome(
  workbench: Workbench,
  side: Side,
  runs: readonly PlacedRun[],
): Promise<Omit<SeedOutcome, 'seed'> | undefined> {
  const [first, second] = runs;
  if (!first) return undefined;
  const outcome =
    second === undefined ? await ofOne(workbench, side, first) : await ofMean(workbench, side, runs);
  if (!outcome) return undefined;
  const hits = outcome.right.reduce((sum, right) => sum + right, 0);
  const named = 'S' in side ? cellScoring(side).protocol : null;
  return {
    outcome,
    error: (100 * (outcome.right.length - hits)) / outcome.right.length,
    endings: runs.map(({ key, run }) => ({ name: key, convergence: workbench.log.judge.of(run) })),
    way: conditionsOf(first.run, named === null ? first.run.config.evaluation.protocol : null),
    settings: second === undefined ? settingsOf(first.run) : new Map(),
  };
}

async function ofOne({ log, outcomes, predictions }: Workbench, side: Side, { run }: PlacedRun) {
  const evaluation = scoredEvaluation(log, run, requestedOf(side, run));
  return evaluation && (await outcomes.of(log, predictions, run.id, evaluation));
}

async function ofMean({ log, outcomes }: Workbench, side: Side, runs: readonly PlacedRun[]) {
  const parts = runs.flatMap(({ run }) => scoredRun(log, run, requestedOf(side, run)).posteriors ?? []);
  return parts.length === runs.length ? (await outcomes.ofMean(parts)).outcome : undefined;
}

/** How a run is to be scored for a side: a cell's scales are at the paper's crop, all others are the run's own. */
function requestedOf(side: Side, { config }: Run): RequestedEvaluation {
  const { protocol: own, testScales } = config.evaluation;
  if (!('S' in side)) return { protocol: own, testScales };
  const { protocol, testScales: scales } = cellScoring(side);
  return { protocol: protocol ?? own, testScales: testScalesAt(config.network.crop, scales ?? []) };
}

/** `D@256#1 by multi-crop at Q=32,37,41` */
function unscoredText({ key }: PlacedRun, { protocol, testScales }: RequestedEvaluation): string {
  return `${key} by ${protocol} at Q=${testScalesText(testScales)}`;
}

function sideRun({ log }: Workbench, { key, run }: PlacedRun): SideRun {
  const convergence = log.judge.of(run);
  return {
    id: run.id,
    key,
    seed: run.config.training.seed,
    converged: convergence === null ? null : convergenceText(convergence),
  };
}
