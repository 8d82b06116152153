import { writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { MetricsLog } from '../../src-main/runs/folder/MetricsLog.ts';
import type { Run } from '../../src-main/runs/records.ts';
import type { RunLog } from '../../src-main/runs/RunLog.ts';
import { stateKey } from '../../src-main/training/checkpointFiles.ts';
import { config, dataset, environment, evaluation, point } from '../runs/fixtures.ts';

/** A finished run, in a log and in its folder: two curves, two checkpoints of one weight, an evaluation and a log. */
export function aRun(log: RunLog, ...overrides: string[]): Run {
  const { id } = log.create({ config: config(...overrides), name: 'whole', dataset, environment });
  const folder = log.folder(id);
  log.setStatus(id, 'running');
  const metrics = new MetricsLog(folder.metrics);
  const points = [point(1, 2.5), point(2, NaN), point(2, 55.5, 'top1Error')];
  metrics.append(points);
  metrics.close();
  log.metrics.append(id, points);
  writeCheckpoint(folder.checkpoint('best'), { step: 2, epoch: 0.2 });
  writeCheckpoint(folder.checkpoint('last'), { step: 3, epoch: 1, more: [1] });
  log.addEvaluation(id, evaluation());
  folder.log('trained\nand done');
  log.setStatus(id, 'finished');
  return log.runs.get(id);
}

function writeCheckpoint(path: string, state: Record<string, unknown>): void {
  const tensor = { name: 'w', shape: [1], values: () => new Float32Array(1) };
  writeSafetensors(path, [tensor], { [stateKey]: JSON.stringify(state) });
}
