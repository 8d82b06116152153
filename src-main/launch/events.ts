import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { jsonLines } from '../foundation/jsonLines.ts';
import { errorReportSchema } from '../foundation/errorSchemas.ts';
import { ownerSchema, type Owner } from '../runs/records.ts';
import { checkpointKindSchema } from '../training/checkpointFiles.ts';
import { datasetFactsSchema, type DatasetFacts } from '../training/events.ts';

/*
 * `events.jsonl` of a run's job: what its attempts did, one line each. The node writes it and nothing else reads the node's
 * mind. Metrics, checkpoints, evaluations and the environment are in the run's folder already.
 */

const shared = { at: z.iso.datetime(), token: z.string() };

export const nodeEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...shared,
    type: z.literal('attempt'),
    job: z.string(),
    node: z.string(),
    owner: ownerSchema,
  }),
  z.strictObject({ ...shared, type: z.literal('started'), step: z.int(), dataset: datasetFactsSchema }),
  z.strictObject({ ...shared, type: z.literal('checkpoint'), kind: checkpointKindSchema, step: z.int() }),
  z.strictObject({ ...shared, type: z.literal('evaluation'), protocol: z.string() }),
  z.strictObject({
    ...shared,
    type: z.literal('finished'),
    /** The weights from which another run may start: its best checkpoint. */
    sha256: z.string().nullable(),
    /** What the run's folder holds: a file system of a network may show the login less for a while. */
    metricsBytes: z.int(),
    evaluations: z.int(),
  }),
  /** `again`: it was warned of its end and wants to go on; `requeued`: the scheduler has taken it back already. */
  z.strictObject({
    ...shared,
    type: z.literal('interrupted'),
    again: z.boolean(),
    requeued: z.boolean(),
    reason: z.string(),
  }),
  z.strictObject({ ...shared, type: z.literal('failed'), error: errorReportSchema }),
  /** The run that it starts from is not finished. */
  z.strictObject({ ...shared, type: z.literal('source-unfinished'), source: z.string() }),
]);
export type NodeEvent = z.infer<typeof nodeEventSchema>;

type Distributed<Event> = Event extends NodeEvent ? Omit<Event, 'at' | 'token'> : never;
/** What the node says of it; the time and the attempt are added. */
export type NodeNews = Distributed<NodeEvent>;

export type NodeEnd = Extract<
  NodeEvent,
  { type: 'finished' | 'interrupted' | 'failed' | 'source-unfinished' }
>;

/** What is known from the events of a run. */
export interface NodeReport {
  attempts: number;
  /** Of the newest attempt. */
  job: string | null;
  node: string | null;
  owner: Owner | null;
  /** How the newest attempt ended; null while it goes on, or if it ended without a word. */
  end: NodeEnd | null;
  /** Attempts since the last checkpoint or evaluation. */
  fruitless: number;
  /** Checkpoints and evaluations so far. */
  gains: number;
  dataset: DatasetFacts | null;
  /** Of the first attempt that began. */
  datasetFingerprint: string | null;
}

const nothing: NodeReport = {
  attempts: 0,
  job: null,
  node: null,
  owner: null,
  end: null,
  fruitless: 0,
  gains: 0,
  dataset: null,
  datasetFingerprint: null,
};

/** Reads the events of a run. A line that cannot be read, such as one half written, is left out. */
export function readReport(path: string): NodeReport {
  if (!existsSync(path)) return nothing;
  return reportOf(jsonLines(nodeEventSchema, readFileSync(path, 'utf8')));
}

export function reportOf(events: readonly NodeEvent[]): NodeReport {
  const report = { ...nothing };
  let newest: string | null = null;
  for (const event of events) {
    if (event.type === 'attempt') {
      newest = event.token;
      const { job, node, owner } = event;
      Object.assign(report, { attempts: report.attempts + 1, job, node, owner, end: null });
      report.fruitless++;
    } else if (event.token === newest) take(report, event);
    // What an older attempt says after that is of no account.
  }
  return report;
}

function take(report: NodeReport, event: Exclude<NodeEvent, { type: 'attempt' }>): void {
  switch (event.type) {
    case 'started':
      report.dataset = event.dataset;
      report.datasetFingerprint ??= event.dataset.fingerprint;
      return;
    case 'checkpoint':
    case 'evaluation':
      report.gains++;
      report.fruitless = 0;
      return;
    default:
      report.end = event;
  }
}
