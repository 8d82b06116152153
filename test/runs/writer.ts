import { MetricsLog } from '../../src-main/runs/folder/MetricsLog.ts';
import { RunLock } from '../../src-main/runs/folder/RunLock.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';

/** Writes metrics to a run until it is killed, and says which steps are safely on the disk. */
const [home = '', id = ''] = process.argv.slice(2);
const log = new RunLog(home);
const folder = log.folder(id);
new RunLock(folder);
const metrics = new MetricsLog(folder.metrics);
log.setStatus(id, 'running');
for (let step = 0; ; step++) {
  const points = ['loss', 'imagesPerSecond'].map((name) => ({
    step,
    epoch: step,
    seconds: step / 3,
    name,
    value: Math.sqrt(step),
  }));
  metrics.append(points);
  if (step % 3 === 0) log.metrics.append(id, points);
  if (step % 5 === 0) {
    metrics.flush();
    process.stdout.write(`${step}\n`);
  }
}
