import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A run keeps its last state and the one with the best validation, and on request its weights after certain epochs. */
export const checkpointKindSchema = z.union([
  z.enum(['last', 'best']),
  z.templateLiteral(['epoch-', z.string().regex(/^\d{4,}$/)]),
]);
export type CheckpointKind = z.infer<typeof checkpointKindSchema>;

/** The key in a checkpoint's metadata for the state of the run, as JSON. */
export const stateKey = 'vgg-workbench.state';

const extension = '.safetensors';

/** The kind of the weights kept after an epoch: `epoch-0003`. */
export function epochKind(epoch: number): CheckpointKind {
  return `epoch-${String(epoch).padStart(4, '0')}`;
}

/** The epoch after which weights of this kind were kept; undefined for `last` and `best`. */
export function keptEpoch(kind: CheckpointKind): number | undefined {
  return kind === 'last' || kind === 'best' ? undefined : Number(kind.slice('epoch-'.length));
}

export function checkpointName(kind: CheckpointKind): string {
  return `${kind}${extension}`;
}

export function checkpointPath(folder: string, kind: CheckpointKind): string {
  return join(folder, checkpointName(kind));
}

/** The kinds that exist in a folder of checkpoints: `last` and `best` first, then the kept epochs in order. */
export function checkpointKindsIn(folder: string): CheckpointKind[] {
  if (!existsSync(folder)) return [];
  const kinds = readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => checkpointKindSchema.safeParse(name.slice(0, -extension.length)))
    .flatMap(({ data }) => data ?? []);
  const place = (kind: CheckpointKind) => keptEpoch(kind) ?? (kind === 'last' ? -2 : -1);
  return kinds.sort((one, other) => place(one) - place(other));
}
