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

/** A file that a browser fetches from `download/ID`, below the window's path. */
export interface OfferedFile {
  id: string;
  name: string;
  bytes: number;
}

/** The last event says what was written, or offered to the browser where no target was given. */
export type ExportEvent = TransferEvent | { type: 'exported'; paths: string[]; download: OfferedFile | null };
/** The last event gives the ids of the runs and studies that are there now; of these runs, `known` were there before. */
export type ImportEvent =
  TransferEvent | { type: 'imported'; runs: string[]; studies: string[]; known: string[] };

const runs = z.array(z.string());
/** Null to offer it to the browser: a folder becomes a zip file then. */
const target = z.string().min(1).nullable();

/** The kinds of export, to another place or for another program. */
const exportSchema = z.discriminatedUnion('as', [
  /** A folder for each run, `TARGET/ID`. */
  z.strictObject({ as: z.literal('folders'), runs, target }),
  /** One zip file of runs, and of studies with all their runs. */
  z.strictObject({
    as: z.literal('archive'),
    runs: runs.default([]),
    studies: z.array(z.string()).default([]),
    target,
  }),
  /** A TensorBoard log directory with a folder for each run; written again, it is brought up to date. */
  z.strictObject({ as: z.literal('tensorboard'), runs, target }),
  /** The net of a checkpoint for other programs: a file, or a folder for TensorFlow.js. */
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
  /** Imports the folder of a run, or an archive: all of it or nothing. */
  import: oc.input(z.strictObject({ path: z.string().min(1) })).output(eventIterator(answer<ImportEvent>())),
  /** The run of the trained net that ships with the workbench, imported at the first time. */
  box: oc.output(answer<{ run: string }>()),
};
