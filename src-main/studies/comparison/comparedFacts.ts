import type { RunLog } from '../../runs/RunLog.ts';
import type { ComparedFacts } from '../../tables/comparison/comparisonTable.ts';
import type { PlannedRun } from '../plan.ts';
import { comparedWeights, countedOf } from './counted.ts';
import { measuredOf } from './measured.ts';

/**
 * What is known of the runs of one group, one for each seed: what their nets are, and what the log has of those that were
 * begun.
 *
 * @param group keys of the comparison's runs
 * @param classes of the images; null leaves what the nets are unknown
 */
export function comparedFacts(
  log: RunLog,
  study: string,
  plan: readonly PlannedRun[],
  group: readonly string[],
  classes: number | null,
): ComparedFacts[] {
  const runIds = new Map(log.studies.runsOf(study).map(({ key, runId }) => [key, runId]));
  const planned = plan.filter((run) => group.includes(withoutSeed(run.key)));
  const architectures = planned.flatMap(({ config: { network } }) => {
    const outputs = network.classes ?? classes;
    return outputs === null ? [] : [{ ...network, classes: outputs }];
  });
  const weights = comparedWeights(architectures);
  return planned.map(({ key, seed }, index) => {
    const [architecture, compared] = [architectures[index], weights[index]];
    const counted = architecture === undefined ? {} : countedOf(architecture);
    const runId = runIds.get(key);
    const measured =
      runId !== undefined && log.runs.has(runId) ? measuredOf(log, log.runs.get(runId)) : nothing;
    return {
      key: withoutSeed(key),
      seed,
      ...measured,
      quantities: {
        ...counted,
        ...(compared !== undefined && { comparedWeights: compared }),
        ...measured.quantities,
      },
    };
  });
}

const nothing = { quantities: {}, outcome: null, evaluation: null };

/** `A/glorot#1` → `A/glorot` */
function withoutSeed(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
}
