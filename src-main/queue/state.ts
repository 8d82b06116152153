/** A run or study that waits for the device or has it. */
export interface QueueEntry {
  kind: 'run' | 'study';
  id: string;
  /** A run's name, or its id if it has none; a study's title. */
  title: string;
  state: 'waiting' | 'running' | 'stopping';
  /** The requested runs of a study, trained together with those they start from; null for all. */
  only: readonly string[] | null;
}

export interface QueueState {
  /** While it is held, nothing new starts. */
  held: boolean;
  /** Why it is held, if the program held it by itself: after a crash, or when the disk is full. */
  reason: string | null;
  /** The current entry first, then those that wait, in order. */
  entries: QueueEntry[];
}
