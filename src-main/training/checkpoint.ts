import { copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { channelOrders } from '../configuration/schema.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { fileError } from '../foundation/files.ts';
import { SafetensorsFile, writeSafetensors } from '../foundation/safetensors.ts';
import type { Architecture } from '../vgg/layers.ts';
import { architectureKey, architectureSchema } from '../vgg/weights/identify.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { reorderChannels, tensorFrom, trainedTensors } from '../vgg/weights/layout.ts';
import { companionsToStore, tensorsToStore } from '../vgg/weights/store.ts';
import {
  checkpointKindsIn,
  checkpointPath,
  epochKind,
  keptEpoch,
  stateKey,
  type CheckpointKind,
} from './checkpointFiles.ts';
import type { MomentumSgd } from './MomentumSgd.ts';
import { scheduleStateSchema } from './PlateauSchedule.ts';

/**
 * The state of a run. Together with the weights and velocities it is complete: the random streams depend only on the
 * seed, the epoch and the step (see foundation/random.ts), so these numbers are their state.
 */
export const runStateSchema = z.strictObject({
  /** Of version 2 are files with checksums. */
  version: z.literal([1, 2]),
  seed: z.int(),
  /** RGB, 0–255: subtracted from each pixel of the net's input. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  /** Each channel of the difference is divided by this. */
  deviation: z.tuple([z.number(), z.number(), z.number()]).default([1, 1, 1]),
  /** The order of the channels in the first layer's weight and velocity, as they stand in the file. */
  channels: z.enum(channelOrders).default('RGB'),
  /** The names of the classes in the order of the net's outputs; null where an earlier version kept none. */
  classes: z.array(z.string()).min(1).nullable().default(null),
  /** Steps done. */
  step: z.int(),
  /** Epochs done. */
  epoch: z.int(),
  /** Steps done in the current epoch. */
  stepInEpoch: z.int(),
  /** Validations done in the current epoch. */
  validations: z.int().min(0).default(0),
  /** Seconds of training so far. */
  seconds: z.number(),
  schedule: scheduleStateSchema,
  /** Length of the log of metrics up to here; null where an earlier version did not keep it. */
  logBytes: z.int().min(0).nullable().default(null),
  /** The validation whose weights are kept as `best`. */
  best: z.strictObject({ top1Error: z.number(), loss: z.number(), step: z.int() }).nullable(),
});
export type RunState = z.infer<typeof runStateSchema>;

const momentumPrefix = 'momentum.';

/**
 * Writes the weights, the velocities of those that learn and the state as one safetensors file: weights in
 * torchvision's names and layout, velocities likewise with the prefix `momentum.`, the state as JSON in the metadata.
 * It is one file so that one rename makes all of it valid.
 *
 * @returns its size in bytes
 * @throws WorkbenchError `disk-full`, `write-failed`; the earlier checkpoint is then as it was
 */
export function saveCheckpoint(
  folder: string,
  parameters: Parameters,
  optimiser: MomentumSgd,
  state: RunState,
): number {
  const path = checkpointPath(folder, 'last');
  writeSafetensors(
    path,
    [
      ...tensorsToStore(parameters),
      ...companionsToStore(parameters, (variable) => optimiser.velocityOf(variable), momentumPrefix),
    ],
    metadataOf(parameters, state),
  );
  return statSync(path).size;
}

/**
 * Writes only the weights, as they are after the state's epoch, with the same metadata. No run is resumed from them.
 *
 * @returns their size in bytes
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export function keepEpoch(folder: string, parameters: Parameters, state: RunState): number {
  const path = checkpointPath(folder, epochKind(state.epoch));
  const tensors = tensorsToStore(parameters);
  writeSafetensors(path, tensors, metadataOf(parameters, state));
  return statSync(path).size;
}

/** Whether the weights after the state's epoch should be kept, as those of every `every`th epoch, and are not yet. */
export function lacksEpoch(folder: string, every: number | null, { epoch, stepInEpoch }: RunState): boolean {
  if (every === null || epoch === 0 || stepInEpoch > 0 || epoch % every > 0) return false;
  return !existsSync(checkpointPath(folder, epochKind(epoch)));
}

/** Deletes the weights of epochs later than the one a run is resumed from: they will be trained anew. */
export function dropLaterEpochs(folder: string, { epoch }: RunState): void {
  for (const kind of checkpointKindsIn(folder)) {
    if ((keptEpoch(kind) ?? 0) > epoch) rmSync(checkpointPath(folder, kind), { force: true });
  }
}

function metadataOf({ architecture }: Parameters, state: RunState): Record<string, string> {
  const written: RunState = { ...state, version: 2 };
  return { [stateKey]: JSON.stringify(written), [architectureKey]: JSON.stringify(architecture) };
}

/**
 * Makes the `last` checkpoint also the `best`: a hard link where the file system allows it, else a copy.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the earlier best is then as it was
 */
export function keepAsBest(folder: string): void {
  replaceByLink(checkpointPath(folder, 'last'), checkpointPath(folder, 'best'));
}

/**
 * Makes the `best` checkpoint, which is complete, also the `last`: the run goes on from there.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the earlier last is then as it was
 */
export function goBackToBest(folder: string): void {
  replaceByLink(checkpointPath(folder, 'best'), checkpointPath(folder, 'last'));
}

function replaceByLink(source: string, target: string): void {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    rmSync(temporary, { force: true });
    try {
      linkSync(source, temporary);
    } catch {
      copyFileSync(source, temporary);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(error, target);
  }
}

/** Whether the `last` checkpoint, with the given state, is the best but was not kept as that because of a kill. */
export function lacksBest(folder: string, { best, step }: RunState): boolean {
  return best?.step === step && readState(folder, 'best')?.step !== step;
}

/**
 * The state in a checkpoint, or undefined if there is none yet.
 *
 * @throws WorkbenchError `checkpoint-damaged`, `weights-damaged`, `weights-corrupt`
 */
export function readState(folder: string, kind: CheckpointKind): RunState | undefined {
  const path = checkpointPath(folder, kind);
  return existsSync(path) ? readCheckpoint(path).state : undefined;
}

/**
 * The metadata of a checkpoint: the net that its weights belong to, and the state of its run.
 *
 * @throws WorkbenchError `checkpoint-damaged`, `weights-not-found`, `weights-damaged`, `weights-corrupt`
 */
export function readCheckpoint(path: string): { architecture: Architecture; state: RunState } {
  const file = new SafetensorsFile(path);
  try {
    const architecture = architectureSchema.parse(JSON.parse(file.metadata[architectureKey] ?? 'null'));
    const state = runStateSchema.parse(JSON.parse(file.metadata[stateKey] ?? 'null'));
    if (state.version > 1 && file.checksums === null) throw new Error('The checksums are gone.');
    return { architecture, state };
  } catch (error) {
    throw new WorkbenchError(
      'checkpoint-damaged',
      `${path} holds no state from which a run can be resumed.`,
      'Start a new run from its weights with initialisation.from.',
      { cause: error },
    );
  } finally {
    file.close();
  }
}

/** Loads the velocities of the `last` checkpoint into the optimiser. */
export function restoreVelocities(folder: string, parameters: Parameters, optimiser: MomentumSgd): void {
  const file = new SafetensorsFile(checkpointPath(folder, 'last'));
  try {
    for (const layer of parameters.parametricLayers()) {
      for (const tensor of trainedTensors(layer)) {
        const velocity = optimiser.velocityOf(tensor.of(parameters.of(layer)));
        if (velocity === undefined) continue;
        const stored = file.read(momentumPrefix + tensor.name);
        const values = tensor.isWeight ? reorderChannels(layer, stored, parameters.channels) : stored;
        velocity.assign(tensorFrom(layer, tensor, values));
      }
    }
  } finally {
    file.close();
  }
}
