import { WorkbenchError } from '../../foundation/errors.ts';
import { layersOf, parametricLayers, type Architecture, type ParametricLayer } from '../layers.ts';
import type { Initialiser } from '../Parameters.ts';
import { storedTensors, tensorFrom, timmName, type StoredTensor } from './layout.ts';
import type { SafetensorsFile } from '../../foundation/safetensors.ts';

/** Layers of the paper's net A from which deeper nets start (Sect. 3.1): its first four conv and its three FC layers. */
const sharedWithNetA: readonly string[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc6', 'fc7', 'fc8'];

/**
 * An initialiser that copies layers from a safetensors file with torchvision's or timm's names and takes what is not
 * copied from `rest`.
 *
 * @param layers `all`, or `net-a`: the seven layers that B–E take from net A
 * @throws WorkbenchError `weights-do-not-fit` naming the tensor, before any tensor is made
 */
export function copyWeights(
  file: SafetensorsFile,
  architecture: Architecture,
  layers: 'all' | 'net-a',
  rest: Initialiser,
): Initialiser {
  const nameOf = (layer: ParametricLayer) =>
    file.tensors.has('head.fc.weight') ? timmName(layer) : layer.stored;
  const copied = parametricLayers(layersOf(architecture)).filter(
    (layer) => layers === 'all' || sharedWithNetA.includes(layer.name),
  );
  const sources = new Map(
    copied.map((layer) => {
      // conv1_1, conv2_1, conv3_1, conv3_2 stand elsewhere in net A than in a deeper net.
      const name = layers === 'net-a' && layer.kind === 'conv' ? netAName(file, layer) : nameOf(layer);
      return [layer.name, storedTensors(layer, name)];
    }),
  );
  for (const layer of copied) {
    for (const tensor of sources.get(layer.name) ?? []) requireFit(file, layer, tensor);
  }
  if (layers === 'all') refuseLeftovers(file, [...sources.values()].flat());

  return (layer) => {
    const tensors = sources.get(layer.name);
    if (tensors === undefined) return rest(layer);
    const [weight, bias, scale, mean, variance] = tensors.map((tensor) =>
      tensorFrom(layer, tensor, file.read(tensor.name)),
    );
    if (!weight || !bias) throw new Error(`${layer.name} has a weight and a bias.`);
    return {
      weight,
      bias,
      ...(scale && mean && variance ? { normalisation: { scale, mean, variance } } : {}),
    };
  };
}

function requireFit(
  file: SafetensorsFile,
  layer: ParametricLayer,
  { name, shape, isWeight }: StoredTensor,
): void {
  const stored = file.tensors.get(name)?.shape;
  if (!stored) throw misfit(file, `${layer.name} needs ${name}, which is missing`);
  // timm stores the first two FC layers as convolutions.
  const fits =
    isWeight && layer.kind === 'fc'
      ? stored[0] === shape[0] && elements(stored) === elements(shape)
      : sameShape(stored, shape);
  if (fits) return;
  throw misfit(file, `${name} is ${stored.join('×')} where ${layer.name} takes ${shape.join('×')}`);
}

/** Where the file, a net A (or A-LRN), keeps one of the shared convolutions. */
function netAName(file: SafetensorsFile, layer: ParametricLayer): string {
  const config = file.tensors.has('features.4.weight') ? 'A-LRN' : 'A';
  const found = layersOf({ config, width: 1, crop: 224, classes: 1 }).find(({ name }) => name === layer.name);
  if (found?.kind !== 'conv') throw new Error(`${layer.name} is no convolution of net A.`);
  return found.stored;
}

/** Other tensors, such as the velocities of a checkpoint, are of no concern. */
const ofANet = /^(?:features|classifier|pre_logits|head|conv1|bn1|layer\d|fc)\..+$/;

function refuseLeftovers(file: SafetensorsFile, used: readonly StoredTensor[]): void {
  const names = new Set(used.map(({ name }) => name));
  const leftover = [...file.tensors.keys()].find(
    (name) => ofANet.test(name) && !names.has(name) && !name.endsWith('.num_batches_tracked'),
  );
  if (leftover !== undefined) throw misfit(file, `${leftover} belongs to no layer of this net`);
}

function misfit(file: SafetensorsFile, fact: string): WorkbenchError {
  return new WorkbenchError(
    'weights-do-not-fit',
    `${file.path}: ${fact}.`,
    'Choose the configuration, width, crop and number of classes that the weights were trained with.',
  );
}

function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
