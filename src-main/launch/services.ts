import type { RunLog } from '../runs/RunLog.ts';
import type { Cluster } from './clusters.ts';
import type { Launcher } from './Launcher.ts';

/** What the login side of a submission works with. */
export interface ClusterServices {
  log: RunLog;
  launcher: Launcher;
  cluster: Cluster;
}
