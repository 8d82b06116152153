import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { maxBytesOfYaml, readYaml } from '../configuration/yamlText.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { readSmallFile } from '../foundation/files.ts';

const oneLine = z.string().regex(/^[^\n\r]*$/, 'one line');
/** As Slurm reads it: minutes, or `[days-]hours:minutes:seconds`. */
const timeLimit = z
  .union([z.string(), z.int().min(1)])
  .transform(String)
  .pipe(z.string().regex(/^(\d+-)?\d+(:\d+){0,2}$/, 'a time limit such as 12:00:00'));

/** The keys of a cluster in `clusters.yaml`; each is explained in docs/cluster.md. */
export const clusterSchema = z.strictObject({
  scheduler: z.literal('slurm'),
  partition: oneLine.optional(),
  account: oneLine.optional(),
  nodes: z.int().min(1).max(1000).default(1),
  gpus: z.int().min(0).default(0),
  cpus: z.int().min(1).default(1),
  memory: z
    .string()
    .regex(/^\d+[KMGT]?$/, 'a size such as 4G')
    .default('4G'),
  time: timeLimit.default('12:00:00'),
  lead: z.int().min(10).default(120),
  setup: z.array(oneLine).default([]),
  sbatch: z.array(oneLine).default([]),
  look: z.number().min(0.2).default(15),
  patience: z.number().min(1).default(600),
  settle: z.number().min(0).default(10),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** What one submission asks for instead of what `clusters.yaml` says. */
export const submissionOptionsSchema = z.strictObject({
  time: timeLimit.optional(),
  gpus: z.int().min(0).optional(),
  /** More options of sbatch, as one line. */
  sbatch: oneLine.optional(),
});
export type SubmissionOptions = z.infer<typeof submissionOptionsSchema>;

export const namedClusterSchema = z.strictObject({
  cluster: z.string().min(1),
  ...submissionOptionsSchema.shape,
});

/**
 * The clusters of `clusters.yaml` in a data folder, by name; none without that file.
 *
 * @throws WorkbenchError `clusters-unreadable`
 */
export function readClusters(home: string): ReadonlyMap<string, Cluster> {
  const path = join(home, 'clusters.yaml');
  if (!existsSync(path)) return new Map();
  try {
    const text = readSmallFile(path, maxBytesOfYaml)?.toString('utf8');
    if (text === undefined) throw new Error('It is too large, or no file.');
    const clusters = z.record(z.string(), clusterSchema).parse(readYaml(path, text).value ?? {});
    return new Map(Object.entries(clusters));
  } catch (error) {
    throw new WorkbenchError(
      'clusters-unreadable',
      `${path} does not describe clusters: ${reasonOf(error)}`,
      'docs/cluster.md explains each key.',
      { cause: error },
    );
  }
}

/** @throws WorkbenchError `cluster-unknown`, `clusters-unreadable` */
export function clusterNamed(home: string, name: string, asked: SubmissionOptions = {}): Cluster {
  const clusters = readClusters(home);
  const cluster = clusters.get(name);
  if (!cluster) {
    const known = [...clusters.keys()].join(', ');
    throw new WorkbenchError(
      'cluster-unknown',
      `There is no cluster ${name} in ${join(home, 'clusters.yaml')}.`,
      known === '' ? 'Write that file first: docs/cluster.md shows one.' : `Choose one of: ${known}.`,
    );
  }
  const { time = cluster.time, gpus = cluster.gpus, sbatch } = asked;
  return { ...cluster, time, gpus, sbatch: [...cluster.sbatch, ...(sbatch === undefined ? [] : [sbatch])] };
}

/**
 * Over how many nodes the processes of one run are spread: all that the cluster gives to a job, as many processes on each.
 *
 * @throws WorkbenchError `nodes-uneven`
 */
export function nodesFor({ nodes }: Cluster, processes: number): number {
  if (processes === 1) return 1;
  if (processes % nodes === 0) return nodes;
  throw new WorkbenchError(
    'nodes-uneven',
    `${processes} processes cannot be spread evenly over ${nodes} nodes.`,
    'Make training.processes a multiple of the nodes of clusters.yaml.',
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return error instanceof Error ? error.message : String(error);
}
