import { join } from 'node:path';
import { streamFileAtomically, writeFileAtomically } from '../../../foundation/files.ts';
import { projectVersion } from '../../../foundation/project.ts';
import { parametricLayers } from '../../../vgg/layers.ts';
import { layersOf } from '../../../vgg/layersOf.ts';
import { makeFolder } from '../../../foundation/makeFolder.ts';
import type { Transfer } from '../../Transfer.ts';
import type { NetToExport } from '../NetToExport.ts';
import { elementsOf } from '../values.ts';
import { kerasTopology } from './topology.ts';
import { kerasWeights } from './weights.ts';

/** The shard size of TensorFlow.js's converter: browsers keep files of this size in their cache. */
const bytesOfShard = 4 * 1024 * 1024;

/**
 * Writes a net as a folder that `tf.loadLayersModel` of TensorFlow.js reads: `model.json` and its weights in shards. The
 * model takes crops [batch, crop, crop, 3], prepared as `userDefinedMetadata` says, and gives posteriors [batch, classes].
 *
 * @throws WorkbenchError `no-such-layer` for A-LRN, `disk-full`, `write-failed`; the signal's reason
 */
export async function exportTfjs(target: string, net: NetToExport, transfer: Transfer): Promise<void> {
  const { architecture, preprocessing, classes, source, weights: file } = net;
  const layers = layersOf(architecture);
  const topology = kerasTopology(layers, architecture.crop);
  const weights = parametricLayers(layers).flatMap(kerasWeights);
  transfer.totalBytes = weights.reduce((sum, { shape }) => sum + 4 * elementsOf(shape), 0);
  const count = Math.ceil(transfer.totalBytes / bytesOfShard);
  const shards = Array.from({ length: count }, (_, index) => `group1-shard${index + 1}of${count}.bin`);

  await makeFolder(target, async (folder) => {
    let written = 0;
    for await (const shard of cut(transfer.through(valuesOf()), bytesOfShard)) {
      await streamFileAtomically(join(folder, shards[written++] ?? ''), [shard]);
    }
    const model = {
      format: 'layers-model',
      generatedBy: `VGG Workbench ${projectVersion()}`,
      convertedBy: null,
      modelTopology: topology,
      weightsManifest: [
        { paths: shards, weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) },
      ],
      userDefinedMetadata: { architecture, preprocessing, classes, source },
    };
    writeFileAtomically(join(folder, 'model.json'), `${JSON.stringify(model)}\n`);
  });

  function* valuesOf() {
    for (const { read } of weights) yield* read(file);
  }
}

/** Cuts bytes into pieces of one size; the last holds the rest. */
async function* cut(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let piece = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let begin = 0; begin < chunk.byteLength;) {
      const taken = Math.min(size - filled, chunk.byteLength - begin);
      piece.set(chunk.subarray(begin, begin + taken), filled);
      filled += taken;
      begin += taken;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
