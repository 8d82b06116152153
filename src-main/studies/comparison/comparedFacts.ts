import type { Evaluation, Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { ComparedEvaluation, ComparedFacts } from '../../tables/comparison/comparisonTable.ts';
import type { Learning } from '../../vocabulary/learning.ts';
import { trainingOf } from '../../vocabulary/runKey.ts';
import type { PlannedRun } from '../PlannedRun.ts';
import { comparedWeights, countedOf } from './counted.ts';
import { measuredOf } from './measured.ts';

type Begun = Omit<ComparedFacts, 'key' | 'seed'>;

/** A study that compares. */
export interface ComparedStudy {
  study: string;
  plan: readonly PlannedRun[];
  /** Number of classes of the images; if null, the size and cost of the nets are unknown. */
  classes: number | null;
  /** Whether a run learns. */
  learning: (run: Run) => Promise<Learning | null>;
  /** Which images an evaluation got right; null where its predictions are not kept. */
  outcome: (run: Run, evaluation: Evaluation) => Promise<ComparedEvaluation['outcome']>;
}

/**
 * What is known of the runs of a comparison: the facts of their nets, and what the log holds of runs that were begun.
 *
 * @returns a function from the keys of a group's runs to the facts of the group, one for each run and seed
 */
export async function comparedFacts(
  log: RunLog,
  { study, plan, classes, learning, outcome }: ComparedStudy,
): Promise<(group: readonly string[]) => ComparedFacts[]> {
  const runIds = new Map(log.studies.runsOf(study).map(({ key, runId }) => [key, runId]));
  const measured = new Map<string, Begun>();
  for (const { key } of plan) {
    const runId = runIds.get(key);
    if (runId === undefined || !log.runs.has(runId)) continue;
    const run = log.runs.get(runId);
    const { lostAt, quantities, evaluation: scored } = measuredOf(log, run);
    const evaluation = scored && { ...scored, outcome: await outcome(run, scored) };
    const convergence = isOver(run) ? log.judge.of(run) : null;
    const learned = settled(run, lostAt, await learning(run));
    measured.set(key, { quantities, evaluation, convergence, outcome: learned });
  }
  return (group) => {
    const planned = plan.filter(({ key }) => group.includes(trainingOf(key)));
    const architectures = planned.flatMap(({ config: { network } }) => {
      const outputs = network.classes ?? classes;
      return outputs === null ? [] : [{ ...network, classes: outputs }];
    });
    const weights = comparedWeights(architectures);
    return planned.map(({ key, seed }, index) => {
      const architecture = architectures[index];
      const { quantities, ...rest } = measured.get(key) ?? nothing;
      return {
        key: trainingOf(key),
        seed,
        ...rest,
        quantities: {
          ...(architecture && countedOf(architecture)),
          comparedWeights: weights[index],
          ...quantities,
        },
      };
    });
  };
}

/**
 * What the loss says of a net, with two corrections: where weights have become NaN, a ReLU may still pass on zeros,
 * whose loss is a number; and a net still at chance level may yet leave it while it trains.
 */
function settled({ status }: Run, lostAt: number | null, outcome: Learning | null): Learning | null {
  if (lostAt !== null && outcome?.kind !== 'diverged') return { kind: 'diverged', step: lostAt };
  return outcome?.kind === 'stalled' && !isOver({ status }) ? null : outcome;
}

function isOver({ status }: Pick<Run, 'status'>): boolean {
  return status === 'finished' || status === 'failed';
}

const nothing: Begun = { quantities: {}, outcome: null, convergence: null, evaluation: null };
