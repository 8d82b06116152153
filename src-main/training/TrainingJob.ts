import type { RunConfig } from '../configuration/schema.ts';
import type { ImageWorkers } from '../data/ImageWorkers.ts';
import type { Team } from '../engine/group/Team.ts';
import type { PreparedImages } from './preparedImages.ts';

/** Everything that a training depends on. */
export interface TrainingJob {
  config: RunConfig;
  images: PreparedImages;
  /** Threads that prepare the images. */
  pool: ImageWorkers;
  /** The processes that train the net in step. All do the same, and the leader writes. */
  team: Team;
  checkpointFolder: string;
  /** The file that `initialisation.from` refers to. */
  initialWeights: string | null;
  /**
   * Flushes the reported metrics to disk: called before each checkpoint, so that no checkpoint is ahead of the log.
   *
   * @returns the length of the log in bytes
   */
  flushLog: () => number;
}
