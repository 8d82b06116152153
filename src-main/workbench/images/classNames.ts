import { existsSync } from 'node:fs';
import type { Run } from '../../runs/records.ts';
import { readCheckpoint } from '../../training/checkpoint.ts';
import { checkpointKindsIn } from '../../training/checkpointFiles.ts';
import type { Workbench } from '../Workbench.ts';

/**
 * The names of a run's classes in the order of its net's outputs, as its checkpoints tell them; for a checkpoint of an
 * earlier version those of its dataset. Empty if that is gone, since the net can still be looked into.
 */
export async function classNamesOf({ log, images }: Workbench, { id, config }: Run): Promise<string[]> {
  const folder = log.folder(id);
  const [kind] = checkpointKindsIn(folder.checkpoints);
  try {
    const path = kind && folder.checkpoint(kind);
    const told = path !== undefined && existsSync(path) ? readCheckpoint(path).state.classes : null;
    return told ?? (await images.dataset(config.data.dataset)).classes;
  } catch {
    return [];
  }
}
