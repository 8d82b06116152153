/** A training that is given to a scheduler. */
export interface Work {
  /** Its run. */
  run: string;
  /** `D@256#1`. */
  key: string;
  /** The script that the scheduler starts. */
  script: string;
  /** Where what it prints goes. */
  output: string;
  /** Its job starts after that of this run has finished well; null for at once. */
  after: string | null;
  /** The job of `after`, if it has one already. */
  afterJob: string | null;
}

/** What a scheduler says of a job. */
export interface Job {
  id: string;
  run: string;
  state: 'waiting' | 'running' | 'over';
  /** The scheduler's own word for the state: `PENDING`, `TIMEOUT`. */
  word: string;
  /** Why it waits, in the scheduler's word. */
  reason: string | null;
  node: string | null;
  startsAt: string | null;
  endsAt: string | null;
}

/** A scheduler: it is given everything at once and then only advises. */
export interface Launcher {
  /**
   * Submits works with what they wait for, each after the one it starts from.
   *
   * @param taken is called with the job of each as soon as the scheduler has taken it
   * @throws WorkbenchError `scheduler-refused`, `scheduler-silent`; what was taken before stays
   */
  submit(works: readonly Work[], taken: (run: string, job: string) => void): Promise<void>;
  /** All jobs of the submission that the scheduler still knows. @throws WorkbenchError `scheduler-silent` */
  look(): Promise<Job[]>;
  /**
   * `checkpoint`: those that run write a checkpoint, however long it takes, and end; `now`: as the scheduler cancels, with
   * the time that it gives. Those that wait are taken back in both cases.
   */
  end(jobs: readonly Job[], how: 'checkpoint' | 'now'): Promise<void>;
  /** Keeps waiting jobs from starting, or lets them. */
  hold(jobs: readonly string[], held: boolean): Promise<void>;
}
