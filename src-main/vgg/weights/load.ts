import type { CopiedLayers } from '../../configuration/schema.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import { parametricLayers, type Architecture, type ParametricLayer } from '../layers.ts';
import { layersOf } from '../layersOf.ts';
import type { Initialiser } from '../Parameters.ts';
import { storedTensors, type TorchvisionTensor } from './layout.ts';
import { isOfANet, namesIn, type NameOf } from './names.ts';
import { shapesOf, tensorIn } from './storedLayout.ts';

/** Layers of the paper's net A from which deeper nets start (Sect. 3.1): its first four conv and its three FC layers. */
const sharedWithNetA: readonly string[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc6', 'fc7', 'fc8'];

/**
 * An initialiser that copies layers from a weights file and leaves the others to `rest`. Whatever the order of channels
 * and extents in the file, the net reads RGB and computes in our layout.
 *
 * @throws WorkbenchError `weights-do-not-fit` naming the tensor, before any tensor is made
 */
export function copyWeights(
  file: WeightsFile,
  architecture: Architecture,
  layers: CopiedLayers,
  rest: Initialiser,
): Initialiser {
  const sources = fittingSources(file, architecture, layers);
  const [first] = parametricLayers(layersOf(architecture));

  return (layer) => {
    const source = sources.get(layer.name);
    if (source === undefined) return rest(layer);
    const isFirst = layer.name === first?.name;
    // All are read before the first becomes a tensor, because any of them may turn out damaged.
    const read = source.tensors.map(({ name, isWeight }) => ({ isWeight, values: file.read(name) }));
    const [weight, bias, scale, mean, variance] = read.map(({ isWeight, values }) =>
      tensorIn(file.format, { layer, isFirst, isWeight }, values),
    );
    if (!weight || !bias) throw new Error(`${layer.name} has a weight and a bias.`);
    return {
      weight,
      bias,
      ...(scale && mean && variance ? { normalisation: { scale, mean, variance } } : {}),
    };
  };
}

/** Makes sure that {@link copyWeights} can copy these layers. @throws WorkbenchError `weights-do-not-fit` */
export function requireFit(file: WeightsFile, architecture: Architecture, layers: CopiedLayers): void {
  fittingSources(file, architecture, layers);
}

/** Whether a file holds all weights of a net and no others. */
export function isNetOf(file: WeightsFile, architecture: Architecture): boolean {
  return misfitOf(file, sourcesOf(file, architecture, 'all'), 'all') === undefined;
}

function fittingSources(file: WeightsFile, architecture: Architecture, layers: CopiedLayers): Sources {
  const sources = sourcesOf(file, architecture, layers);
  const problem = misfitOf(file, sources, layers);
  if (problem !== undefined) throw misfit(file, problem);
  return sources;
}

type Sources = ReadonlyMap<string, { layer: ParametricLayer; tensors: TorchvisionTensor[] }>;

/** The tensors of each copied layer, under their names in the file. */
function sourcesOf(file: WeightsFile, architecture: Architecture, copied: CopiedLayers): Sources {
  const all = parametricLayers(layersOf(architecture));
  const nameOf = copied === 'net-a' ? namesInNetA(file) : namesIn(file.format, all);
  const requested = {
    all: () => true,
    'all-but-last': (layer: ParametricLayer) => layer !== all.at(-1),
    'net-a': ({ name }: ParametricLayer) => sharedWithNetA.includes(name),
  }[copied];
  return new Map(
    all
      .filter(requested)
      .map((layer) => [layer.name, { layer, tensors: storedTensors(layer, nameOf(layer)) }]),
  );
}

/** In a net A (or A-LRN), conv1_1, conv2_1, conv3_1 and conv3_2 may have other names than in a deeper net. */
function namesInNetA(file: WeightsFile): NameOf {
  const config = file.tensors.has('features.4.weight') ? 'A-LRN' : 'A';
  const all = parametricLayers(layersOf({ config, width: 1, crop: 224, classes: 1 }));
  const nameOf = namesIn(file.format, all);
  return (layer) => {
    const found = all.find(({ name }) => name === layer.name);
    if (!found) throw new Error(`${layer.name} is no layer of net A.`);
    return nameOf(found);
  };
}

function misfitOf(file: WeightsFile, sources: Sources, copied: CopiedLayers): string | undefined {
  for (const { layer, tensors } of sources.values()) {
    for (const { name, isWeight } of tensors) {
      const stored = file.tensors.get(name)?.shape;
      if (!stored) return `${layer.name} needs ${name}, which is missing`;
      const shapes = shapesOf(file.format, layer, isWeight);
      if (!shapes.some((shape) => sameShape(withoutFillers(shape), withoutFillers(stored))))
        return `${name} is ${stored.join('×')} where ${layer.name} takes ${shapes[0]?.join('×') ?? ''}`;
    }
  }
  if (copied !== 'all') return undefined;
  const used = new Set([...sources.values()].flatMap(({ tensors }) => tensors.map(({ name }) => name)));
  const leftover = [...file.tensors.keys()].find((name) => isOfANet(file.format, name) && !used.has(name));
  return leftover === undefined ? undefined : `${leftover} belongs to no layer of this net`;
}

function misfit({ path }: WeightsFile, fact: string): WorkbenchError {
  return new WorkbenchError(
    'weights-do-not-fit',
    `${path}: ${fact}.`,
    'Choose the configuration, width, crop and number of classes that the weights were trained with.',
  );
}

/** Older Caffe files pad every shape to four extents. */
function withoutFillers(shape: readonly number[]): readonly number[] {
  return shape.slice(shape.findIndex((extent) => extent !== 1));
}

function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}
