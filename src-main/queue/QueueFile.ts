import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../foundation/files.ts';
import { idSchema, ownerSchema } from '../runs/records.ts';
import { parallelSchema } from '../vocabulary/parallel.ts';

const entrySchema = z.strictObject({
  kind: z.enum(['run', 'study']),
  id: idSchema,
  /** The runs of a study to train, named as in a study's selection; by default all. */
  only: z.array(z.string()).optional(),
  /** How many of them train at once; by default one. */
  parallel: parallelSchema.optional(),
  /** Of a run: it goes on from its best checkpoint, once. */
  fromBest: z.literal(true).optional(),
});
export type SavedEntry = z.infer<typeof entrySchema>;

const savedQueueSchema = z.strictObject({
  held: z.boolean(),
  reason: z.string().nullable(),
  /** The entry that has the device, or had it when the program ended. */
  current: entrySchema.nullable(),
  waiting: z.array(entrySchema),
  /** The process that owns the queue; null once it has closed. */
  owner: ownerSchema.nullable(),
});
export type SavedQueue = z.infer<typeof savedQueueSchema>;

const empty: SavedQueue = { held: false, reason: null, current: null, waiting: [], owner: null };

/** `queue.json` in the data folder: the order of what is to be trained. */
export class QueueFile {
  readonly path: string;

  constructor(home: string) {
    this.path = join(home, 'queue.json');
  }

  /** Reads the queue. An unreadable file is set aside, and the queue is then held with that as the reason. */
  read(): SavedQueue {
    if (!existsSync(this.path)) return empty;
    try {
      return savedQueueSchema.parse(JSON.parse(readFileSync(this.path, 'utf8')));
    } catch {
      const aside = `${this.path}.unreadable`;
      renameSync(this.path, aside);
      return { ...empty, held: true, reason: `The queue could not be read. Its file is kept as ${aside}.` };
    }
  }

  /** @throws WorkbenchError `disk-full`, `write-failed` */
  write(queue: SavedQueue): void {
    writeFileAtomically(this.path, `${JSON.stringify(queue, null, 2)}\n`);
  }
}
