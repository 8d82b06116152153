import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterNamed } from '../../src-main/launch/clusters.ts';
import { ClusterWork } from '../../src-main/launch/ClusterWork.ts';
import { prepareStudy } from '../../src-main/launch/submit.ts';
import { planOf } from '../../src-main/studies/definition.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { openLog } from '../runs/fixtures.ts';
import { aStudy } from '../support/aStudy.ts';
import { FakeLauncher } from './FakeLauncher.ts';

const { id } = aStudy();

/**
 * A study of A, B and C that is to be given to a cluster: B and C start from A.
 *
 * @param patience seconds
 */
export async function prepare(patience = 0.05) {
  const log = openLog();
  const cluster = { scheduler: 'slurm', look: 0.2, settle: 0 };
  writeFileSync(join(log.home, 'clusters.yaml'), JSON.stringify({ test: cluster }));
  const only = ['A@256', 'B@256', 'C@256'];
  const definition = { preset: loadPreset('quick'), dataset: 'fashion-mnist', overrides: [], only };
  log.studies.put(aStudy({ dataset: 'fashion-mnist', definition }));
  const plan = planOf(definition);
  const saved = await prepareStudy(log, { id, plan }, { cluster: 'test' });
  const launcher = new FakeLauncher(log);
  // More often than a file may ask for: these jobs cost nobody anything.
  const often = { ...clusterNamed(log.home, 'test'), look: 0.01, patience };
  const attach = () => new ClusterWork({ log, launcher, cluster: often }, saved, plan);
  const runOf = (key: string) => saved.runs.find((given) => given.key === key)?.run ?? '';
  return { log, plan, saved, launcher, attach, runOf };
}
