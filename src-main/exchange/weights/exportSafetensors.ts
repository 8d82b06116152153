import { safetensorsHeader } from '../../foundation/safetensors.ts';
import { streamFileAtomically } from '../../foundation/files.ts';
import { parametricLayers } from '../../vgg/layers.ts';
import { layersOf } from '../../vgg/layersOf.ts';
import { storedTensors } from '../../vgg/weights/layout.ts';
import type { Transfer } from '../Transfer.ts';
import { metadataOf, type NetToExport } from './NetToExport.ts';
import { elementsOf, storedChunks } from './values.ts';

/**
 * Writes only the weights, with torchvision's names and layout, so that `load_state_dict` of the same net accepts them.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the signal's reason
 */
export async function exportSafetensors(target: string, net: NetToExport, transfer: Transfer): Promise<void> {
  const tensors = parametricLayers(layersOf(net.architecture)).flatMap((layer) => storedTensors(layer));
  transfer.totalBytes = tensors.reduce((sum, { shape }) => sum + 4 * elementsOf(shape), 0);
  // Programs that read PyTorch weights look for this format entry.
  const sums = sumsOf(net, tensors);
  const header = safetensorsHeader(tensors, { format: 'pt', ...metadataOf(net) }, sums);
  await streamFileAtomically(target, chunks());

  async function* chunks() {
    yield header;
    for (const { name, shape } of tensors) {
      yield* transfer.through(storedChunks(net.weights, name, elementsOf(shape)));
    }
  }
}

/** The values are copied as they are, and so are their checksums. */
function sumsOf(
  { weights: { checksums } }: NetToExport,
  tensors: readonly { name: string }[],
): Map<string, string> | undefined {
  if (checksums === null) return undefined;
  return new Map(tensors.map(({ name }) => [name, checksums.tensors[name] ?? '']));
}
