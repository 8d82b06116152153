/** A run or study that waits for the device, or has it. */
export interface QueueEntry {
  kind: 'run' | 'study';
  id: string;
  /** Name of the run, else its id; preset of the study. */
  title: string;
  state: 'waiting' | 'running' | 'stopping';
  /** Of a study the runs that are asked for, with those they start from; null for all. */
  only: readonly string[] | null;
}

export interface QueueState {
  /** While it is held, nothing new starts. */
  held: boolean;
  /** Why it is held, where the program held it itself: after a crash, or when the disk is full. */
  reason: string | null;
  /** What is under way first, then in order. */
  entries: QueueEntry[];
}
