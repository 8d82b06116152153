import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { DataReport } from '../../data/checkDataset.ts';
import type { EngineExamination } from '../../engine/doctor.ts';
import type { Problem } from '../../foundation/errors.ts';
import type { SetupProgress } from '../../engine/provision/progress.ts';
import type { EngineFiles } from '../../engine/provision/provideEngine.ts';
import type { EvaluationRecord } from '../../training/events.ts';
import type { WeightsFacts } from '../../vgg/weights/inspect.ts';
import { protocols } from '../../vocabulary/protocols.ts';
import type { Responsiveness } from '../../supervisor/SilenceWatch.ts';
import { splitChoice } from './datasets.ts';
import { answer, configSources } from './answer.ts';

/** What `doctor` finds: the engine, the data folder, the dataset that ships with the workbench. */
export interface Examination {
  engine: EngineExamination;
  dataFolder: { path: string; exists: boolean; runs: number | null };
  dataset: { name: string; train: number; val: number; classes: number } | null;
  problems: Problem[];
}

export type EvaluationEvent =
  /** The contents of a weights file; not sent for a run. */
  | { type: 'weights'; weights: WeightsFacts }
  | { type: 'progress'; done: number; total: number; activity: string }
  /** What a person should know of how the numbers come about. */
  | { type: 'note'; text: string }
  | { type: 'evaluation'; evaluation: EvaluationRecord }
  | Responsiveness;
export type CheckEvent =
  { type: 'progress'; done: number; total: number } | { type: 'report'; report: DataReport };
export type SetupEvent =
  { type: 'progress'; progress: SetupProgress } | { type: 'ready'; engine: EngineFiles };

export const systemContract = {
  /** Scores a run's checkpoint, or a weights file; reports each result as soon as it is known. */
  evaluate: oc
    .input(
      z.strictObject({
        ...configSources,
        run: z.string().optional(),
        weights: z.string().optional(),
        /** Several protocols instead of the configuration's one, each pass computed once. */
        protocols: z.array(z.enum(protocols)).min(1).optional(),
        /** Path of a CSV file for the posteriors; only with a single protocol. */
        posteriorsFile: z.string().min(1).optional(),
        /** Whether that file may replace one that exists; the command line alone may have it so. */
        overwrite: z.boolean().default(false),
      }),
    )
    .output(eventIterator(answer<EvaluationEvent>())),
  checkData: oc
    .input(z.strictObject({ dataset: z.string(), ...splitChoice }))
    .output(eventIterator(answer<CheckEvent>())),
  doctor: oc.output(answer<Examination>()),
  setup: oc
    .input(
      z.strictObject({
        gpu: z.boolean().default(false),
        /** Also checks the content of what is there already, which takes seconds, and mends it. */
        verify: z.boolean().default(false),
      }),
    )
    .output(eventIterator(answer<SetupEvent>())),
};
