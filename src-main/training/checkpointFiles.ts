import { join } from 'node:path';

/** A run keeps two checkpoints: where it stands, and where its validation was best. */
export const checkpointKinds = ['last', 'best'] as const;
export type CheckpointKind = (typeof checkpointKinds)[number];

/** The key of a checkpoint's metadata whose value says, as JSON, where the run stood. */
export const stateKey = 'vgg-workbench.state';

export function checkpointName(kind: CheckpointKind): string {
  return `${kind}.safetensors`;
}

export function checkpointPath(folder: string, kind: CheckpointKind): string {
  return join(folder, checkpointName(kind));
}
