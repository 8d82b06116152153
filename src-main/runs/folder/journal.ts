import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorReportSchema } from '../../foundation/errorSchemas.ts';
import { jsonLines } from '../../foundation/jsonLines.ts';
import { trainingEventSchema, type TrainingEvent } from '../../training/events.ts';
import { placeSchema, processSchema } from '../records.ts';

/*
 * `trainer.jsonl`: what a trainer that goes on without its workbench reports, one line each. Metrics and checkpoints are in
 * the run's folder already. It is of the newest trainer only.
 */

const at = z.iso.datetime();

const trainerLine = z.strictObject({
  type: z.literal('trainer'),
  at,
  trainer: processSchema,
  place: placeSchema,
});
const eventLine = z.strictObject({ type: z.literal('event'), at, event: trainingEventSchema });
const endLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('done'), at, status: z.enum(['finished', 'interrupted']) }),
  z.strictObject({ type: z.literal('failed'), at, error: errorReportSchema }),
]);

export const journalLineSchema = z.discriminatedUnion('type', [trainerLine, eventLine, endLine]);
export type JournalLine = z.infer<typeof journalLineSchema>;

/** What a journal says so far. */
export interface Journal {
  /** The first line. */
  head: z.infer<typeof trainerLine>;
  events: z.infer<typeof eventLine>[];
  /** Null while it goes on, or if the trainer ended without a word. */
  end: z.infer<typeof endLine> | null;
  /** The position after its last whole line. */
  bytes: number;
}

/** Undefined if there is none. Text after the last line break is left out. */
export function readJournal(path: string): Journal | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const length = bytes.lastIndexOf('\n') + 1;
  const [head, ...lines] = jsonLines(journalLineSchema, bytes.toString('utf8', 0, length));
  if (head?.type !== 'trainer') return undefined;
  return {
    head,
    events: lines.filter((line) => line.type === 'event'),
    end: lines.find((line) => line.type === 'done' || line.type === 'failed') ?? null,
    bytes: length,
  };
}

/** How the training began, if it has. */
export function startedEventIn({ events }: Journal): Extract<TrainingEvent, { type: 'started' }> | undefined {
  return events.map(({ event }) => event).find((event) => event.type === 'started');
}
