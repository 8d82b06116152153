import { WorkbenchError } from '../../foundation/errors.ts';
import { tensorflow } from '../../engine/tensorflow.ts';
import { layersOf, parametricLayers, type Architecture, type ParametricLayer } from '../layers.ts';
import type { Initialiser } from '../Parameters.ts';
import { fromTorchvision, timmName, torchvisionName, torchvisionShape } from './layout.ts';
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
  const nameOf = file.tensors.has('head.fc.weight') ? timmName : torchvisionName;
  const copied = parametricLayers(layersOf(architecture)).filter(
    (layer) => layers === 'all' || sharedWithNetA.includes(layer.name),
  );
  const sources = new Map(copied.map((layer) => [layer.name, sourceOf(file, layer, layers, nameOf(layer))]));
  if (layers === 'all') refuseLeftovers(file, [...sources.values()]);

  return (layer) => {
    const source = sources.get(layer.name);
    if (source === undefined) return rest(layer);
    return {
      weight: fromTorchvision(layer, file.read(`${source}.weight`)),
      bias: tensorflow().tf.tensor1d(file.read(`${source}.bias`), 'float32'),
    };
  };
}

function sourceOf(
  file: SafetensorsFile,
  layer: ParametricLayer,
  layers: 'all' | 'net-a',
  name: string,
): string {
  // conv1_1, conv2_1, conv3_1, conv3_2 stand elsewhere in net A than in a deeper net.
  const source = layers === 'net-a' && layer.kind === 'conv' ? netAName(file, layer) : name;
  const weight = file.tensors.get(`${source}.weight`);
  const bias = file.tensors.get(`${source}.bias`);
  const expected = torchvisionShape(layer);
  if (!weight || !bias)
    throw misfit(file, `${layer.name} needs ${source}.weight and ${source}.bias, which are missing`);
  const elements = expected.reduce((product, extent) => product * extent, 1);
  const stored = weight.shape.reduce((product, extent) => product * extent, 1);
  const sameEnds =
    weight.shape[0] === expected[0] && (layer.kind === 'fc' || sameShape(weight.shape, expected));
  if (elements !== stored || !sameEnds || !sameShape(bias.shape, [layer.outputs])) {
    throw misfit(
      file,
      `${source}.weight is ${weight.shape.join('×')} where ${layer.name} takes ${expected.join('×')}`,
    );
  }
  return source;
}

/** Where the file, a net A (or A-LRN), keeps one of the shared convolutions. */
function netAName(file: SafetensorsFile, layer: ParametricLayer): string {
  const config = file.tensors.has('features.4.weight') ? 'A-LRN' : 'A';
  const found = layersOf({ config, width: 1, crop: 224, classes: 1 }).find(({ name }) => name === layer.name);
  if (found?.kind !== 'conv') throw new Error(`${layer.name} is no convolution of net A.`);
  return torchvisionName(found);
}

function refuseLeftovers(file: SafetensorsFile, used: readonly string[]): void {
  const leftover = [...file.tensors.keys()].find((name) => {
    const [, layer] = /^((?:features|classifier|pre_logits|head)\..+)\.(?:weight|bias)$/.exec(name) ?? [];
    return layer !== undefined && !used.includes(layer);
  });
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
