import { dirname } from 'node:path';
import { cacheHome } from '../../foundation/home.ts';
import { quotedForShell } from '../../foundation/quotedForShell.ts';
import type { Cluster } from '../clusters.ts';

/**
 * A batch script for a cluster. It replaces itself by the program, which so is the process that Slurm's signals reach.
 *
 * @param threads on each node; the number decides the last digits of a training, so it is a run's, not the cluster's
 */
export function batchScript(
  cluster: Cluster,
  command: readonly string[],
  { threads, nodes = 1 }: { threads: number; nodes?: number },
): string {
  const { gpus, memory, time, lead, setup, sbatch } = cluster;
  // What the user's environment says otherwise is what Slurm takes by default.
  const { partition = process.env.SBATCH_PARTITION, account = process.env.SBATCH_ACCOUNT } = cluster;
  const qos = process.env.SBATCH_QOS;
  const options = [
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    ...(qos === undefined ? [] : [`--qos=${qos}`]),
    ...(gpus === 0 ? [] : [`--gres=gpu:${gpus}`]),
    `--nodes=${nodes}`,
    '--ntasks-per-node=1',
    `--cpus-per-task=${threads}`,
    `--mem=${memory}`,
    `--time=${time}`,
    '--requeue',
    '--open-mode=append',
    // To the batch script alone: it is the one process that knows what the signal means.
    `--signal=B:USR2@${lead}`,
    ...sbatch,
  ];
  return [
    '#!/bin/bash',
    ...options.map((option) => `#SBATCH ${option}`),
    `export PATH=${quotedForShell(dirname(process.execPath))}:"$PATH"`,
    `export VGG_CACHE=${quotedForShell(cacheHome())}`,
    ...(process.env.VGG_TENSORFLOW
      ? [`export VGG_TENSORFLOW=${quotedForShell(process.env.VGG_TENSORFLOW)}`]
      : []),
    'export TF_NUM_INTRAOP_THREADS="${SLURM_CPUS_PER_TASK:-1}" VGG_THREADS="${SLURM_CPUS_PER_TASK:-1}"',
    // Ignored until the program hears it: unheard, it would end the job at its start.
    "trap '' USR2",
    ...setup,
    `exec ${command.map(quotedForShell).join(' ')}`,
    '',
  ].join('\n');
}
