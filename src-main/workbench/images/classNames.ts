import { existsSync } from 'node:fs';
import { lastingLocation } from '../../data/openDataset.ts';
import type { Run } from '../../runs/records.ts';
import { readCheckpoint } from '../../training/checkpoint.ts';
import { checkpointKindsIn } from '../../training/checkpointFiles.ts';
import type { ImageReference } from '../contract.ts';
import type { Workbench } from '../Workbench.ts';

/**
 * The names of a run's classes in the order of its net's outputs, as its checkpoints name them; for a checkpoint of an
 * earlier version those of its dataset. Empty if that is gone, since the net can still be looked into.
 */
export async function classNamesOf({ log, images }: Workbench, { id, config }: Run): Promise<string[]> {
  const folder = log.folder(id);
  const [kind] = checkpointKindsIn(folder.checkpoints);
  try {
    const path = kind && folder.checkpoint(kind);
    const names = path !== undefined && existsSync(path) ? readCheckpoint(path).state.classes : null;
    return names ?? (await images.dataset(config.data.dataset, config.data)).classes;
  } catch {
    return [];
  }
}

/** Which output is right for an image, if it is one of the dataset whose classes the run has learned. */
export async function labelOf(
  { images }: Workbench,
  image: ImageReference,
  { config }: Run,
  classes: readonly string[],
): Promise<number | null> {
  if (image.kind !== 'dataset') return null;
  if (lastingLocation(image.dataset) !== lastingLocation(config.data.dataset)) return null;
  const { label } = await images.sampleOf(image);
  const name = (await images.dataset(image.dataset)).classes[label]?.normalize('NFC');
  const output = classes.findIndex((one) => one.normalize('NFC') === name);
  return output < 0 ? null : output;
}
