import { WorkbenchError } from '../../../foundation/errors.ts';
import { streamFileAtomically } from '../../../foundation/files.ts';
import { projectVersion } from '../../../foundation/project.ts';
import { parametricLayers } from '../../../vgg/layers.ts';
import { layersOf } from '../../../vgg/layersOf.ts';
import { storedTensors } from '../../../vgg/weights/layout.ts';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { chunksOf, messageLength } from '../../protobuf.ts';
import type { Transfer } from '../../Transfer.ts';
import { metadataOf, type NetToExport } from '../NetToExport.ts';
import { elementsOf, storedChunks } from '../values.ts';
import { imageName, wireLayers } from '../wiring.ts';
import { floatTensor, model, node, valueInfo } from './messages.ts';
import { operationsOf } from './operations.ts';

const opset = 17;
/** The greatest size of a Protocol Buffers message. */
const maxBytes = 2 ** 31 - 1;

/**
 * Writes a net as an ONNX model: from crops [batch, 3, crop, crop], prepared as the metadata say, to posteriors
 * [batch, classes]. Weights are copied from the checkpoint to the file chunk by chunk.
 *
 * @throws WorkbenchError `onnx-too-large`, `disk-full`, `write-failed`; the signal's reason
 */
export async function exportOnnx(target: string, net: NetToExport, transfer: Transfer): Promise<void> {
  const { config, crop, classes } = net.architecture;
  const layers = layersOf(net.architecture);
  const operations = wireLayers(layers).map(operationsOf);
  const weights = parametricLayers(layers).flatMap((layer) => storedTensors(layer));
  const graph = {
    name: config,
    nodes: [
      ...operations.flatMap(({ nodes }) => nodes),
      node('Softmax', [layers.at(-1)?.name ?? ''], 'posterior', { axis: 1 }),
    ],
    constants: [
      ...operations.flatMap(({ constants = [] }) => constants),
      ...weights.map(({ name, shape }) => {
        const elements = elementsOf(shape);
        const read = () => storedChunks(net.weights, name, elements);
        return floatTensor(name, shape, { byteLength: 4 * elements, read });
      }),
    ],
    inputs: [valueInfo(imageName, ['batch', 3, crop, crop])],
    outputs: [valueInfo('posterior', ['batch', classes])],
  };
  const producer = { name: 'VGG Workbench', version: projectVersion() };
  const message = model(graph, { opset, producer, metadata: metadataOf(net) });
  transfer.totalBytes = messageLength(message);
  if (transfer.totalBytes > maxBytes) throw tooLarge(transfer.totalBytes);
  await streamFileAtomically(target, transfer.through(chunksOf(message)));
}

function tooLarge(bytes: number): WorkbenchError {
  return new WorkbenchError(
    'onnx-too-large',
    `The model takes ${bytesText(bytes)}, and an ONNX file holds 2.1 GB at most.`,
    'Export it as safetensors or as a TensorFlow.js model.',
  );
}
