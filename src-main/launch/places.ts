import { join } from 'node:path';

/*
 * What lies in HOME/cluster, outside the folders of runs, so that these stay as they are: for each submission a file of
 * the login side, and for each run a folder of which the node alone writes the events, the fence and the progress.
 */

export function submissionFile(home: string, id: string): string {
  return join(home, 'cluster', `${id}.json`);
}

/** The folder of a run's job. */
export class JobFolder {
  readonly path: string;

  constructor(home: string, run: string) {
    this.path = join(home, 'cluster', 'runs', run);
  }

  /** What the node is to do. Written by the login side. */
  get job(): string {
    return join(this.path, 'job.json');
  }

  /** The batch script. */
  get script(): string {
    return join(this.path, 'job.sh');
  }

  /** What the job printed. */
  get output(): string {
    return join(this.path, 'slurm.log');
  }

  /** Only ever appended to, by the node. */
  get events(): string {
    return join(this.path, 'events.jsonl');
  }

  /** The newest attempt: an older one that finds it leaves. */
  get fence(): string {
    return join(this.path, 'attempt.json');
  }

  /** What is being done besides training, written anew again and again. */
  get progress(): string {
    return join(this.path, 'progress.json');
  }

  /** Its presence keeps the run from being given back to the scheduler. Written by the login side. */
  get stop(): string {
    return join(this.path, 'stop');
  }
}
