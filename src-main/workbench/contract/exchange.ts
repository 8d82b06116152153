import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { exportFormats, type ExportFormat } from '../../exchange/weights/exportWeights.ts';
import { answer } from './answer.ts';

export type { ExportFormat };

interface TransferEvent {
  type: 'progress';
  doneBytes: number;
  totalBytes: number;
}

/** The last event says what was written. */
export type ExportEvent = TransferEvent | { type: 'exported'; paths: string[] };
/** The last event says what was taken in, or was there already: the ids of runs and studies. */
export type ImportEvent = TransferEvent | { type: 'imported'; runs: string[]; studies: string[] };

const runs = z.array(z.string());
const target = z.string().min(1);

/** What can be made of runs for another place or program. */
const exportSchema = z.discriminatedUnion('as', [
  /** A folder for each, `TARGET/ID`. */
  z.strictObject({ as: z.literal('folders'), runs, target }),
  /** One zip file of runs, and of studies with all their runs. */
  z.strictObject({
    as: z.literal('archive'),
    runs: runs.default([]),
    studies: z.array(z.string()).default([]),
    target,
  }),
  /** A log directory of TensorBoard's, a folder in it for each run; written again, it follows the runs. */
  z.strictObject({ as: z.literal('tensorboard'), runs, target }),
  /** The net of a checkpoint as a file, or of TensorFlow.js a folder, that other programs read. */
  z.strictObject({
    as: z.literal('weights'),
    run: z.string(),
    /** `best`, `last` or `epoch-0003`. */
    checkpoint: z.string().default('best'),
    format: z.enum(exportFormats),
    target,
  }),
]);

export const exchangeContract = {
  export: oc.input(exportSchema).output(eventIterator(answer<ExportEvent>())),
  /** Takes in the folder of a run, or an archive: all of it or nothing. */
  import: oc.input(z.strictObject({ path: z.string().min(1) })).output(eventIterator(answer<ImportEvent>())),
};
