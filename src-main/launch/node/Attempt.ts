import type { StartTrainer } from '../../supervisor/TrainerLink.ts';
import type { Fence } from '../../trainer/fence.ts';
import type { NodeReport } from '../events.ts';
import type { NodeJob } from '../job.ts';
import type { JobFolder } from '../places.ts';
import type { JobFacts } from './JobFacts.ts';
import type { NodeEvents } from './NodeEvents.ts';
import type { Warnings } from './Warnings.ts';

/** All that an attempt works with. */
export interface Attempt {
  job: NodeJob;
  files: JobFolder;
  facts: JobFacts;
  /** What earlier attempts left. */
  before: NodeReport;
  warnings: Warnings;
  fence: Fence;
  events: NodeEvents;
  startTrainer: StartTrainer;
  /** The words that start this program on another node of the job. */
  program: readonly string[];
}
