import { configurations, type Configuration } from '../../vocabulary/configurations.ts';
import { countOf, type WeightsFile } from '../../weights/WeightsFile.ts';
import { lastMapStride, parametricLayers, type Architecture, type ParametricLayer } from '../layers.ts';
import { layersOf } from '../layersOf.ts';
import { nets } from '../nets.ts';
import { findLayers } from './findLayers.ts';
import { tensorMisfit } from './fits.ts';
import { storedLayers, type StoredLayer } from './storedLayers.ts';

/** Different lengths of tensors that are tried as numbers of channels and classes; a net has about seven. */
const mostLengths = 100;

/**
 * Nets that a file might hold: those for each of whose layers it has a weight of as many values. The crop is a multiple
 * of 32, and where no layer depends on it, the paper's.
 */
export function* netsAlike(file: WeightsFile): Generator<Architecture> {
  const lengths = lengthsIn(file);
  for (const { config, width, sizes } of widthsAlike(file, lengths)) {
    for (const side of sidesFor(config, width, sizes)) {
      for (const classes of lengths) {
        const architecture = { config, width, crop: side * lastMapStride, classes };
        if (layersFor(architecture).every((layer) => sizes.has(sizeOf(layer)))) yield architecture;
      }
    }
  }
}

/** The net of the most layers all of whose convolutions a file has, whatever else is in it. */
export function convolutionsIn(file: WeightsFile): Pick<Architecture, 'config' | 'width'> | null {
  const lengths = lengthsIn(file);
  const found = [...widthsAlike(file, lengths)].flatMap(({ config, width }) => {
    const architecture = { config, width, crop: lastMapStride, classes: 1 };
    const isThere = !('misfit' in findLayers(file, architecture, 'convolutions'));
    return isThere ? [{ config, width, layers: layersFor(architecture).length }] : [];
  });
  const [largest] = found.toSorted((left, right) => right.layers - left.layers);
  return largest ? { config: largest.config, width: largest.width } : null;
}

/** The net most of whose layers a file could have, to say what is missing. Undefined if it could have none. */
export function nearestNet(file: WeightsFile): Architecture | undefined {
  const lengths = lengthsIn(file);
  const { layers } = storedLayers(file);
  const best = (candidates: readonly Architecture[]) =>
    candidates
      .map((architecture) => ({ architecture, fitting: fittingLayers(file, layers, architecture) }))
      .toSorted((left, right) => right.fitting - left.fitting)[0];
  const convolutional = best(
    configurations
      .filter((config) => nets[config].kind === 'vgg')
      .flatMap((config) =>
        [...widthsFor(config, lengths)].map((width) => ({ config, width, crop: lastMapStride, classes: 1 })),
      ),
  );
  if (!convolutional || convolutional.fitting === 0) return undefined;
  const { config, width } = convolutional.architecture;
  const [side = 7] = sidesFor(config, width, sizesIn(file));
  return best(lengths.map((classes) => ({ config, width, crop: side * lastMapStride, classes })))
    ?.architecture;
}

/** How many layers of a net have one of their own in a file that they could be, by the shape of its weight. */
export function fittingLayers(
  { format }: WeightsFile,
  stored: readonly StoredLayer[],
  architecture: Architecture,
): number {
  const unused = new Set(stored);
  return layersFor(architecture).filter((layer) => {
    const found = [...unused].find(({ weight }) => tensorMisfit(weight, layer, format, true) === undefined);
    return found !== undefined && unused.delete(found);
  }).length;
}

interface Alike {
  config: Configuration;
  width: number;
  /** Numbers of values in the tensors of the file. */
  sizes: ReadonlySet<number>;
}

/** Configurations and widths for each of whose convolutions the file has a weight of as many values. */
function* widthsAlike(file: WeightsFile, lengths: readonly number[]): Generator<Alike> {
  const sizes = sizesIn(file);
  for (const config of configurations) {
    for (const width of widthsFor(config, lengths)) {
      const convolutions = layersFor({ config, width, crop: lastMapStride, classes: 1 }).filter(
        ({ kind }) => kind === 'conv',
      );
      if (convolutions.every((layer) => sizes.has(sizeOf(layer)))) yield { config, width, sizes };
    }
  }
}

function sizesIn({ tensors }: WeightsFile): ReadonlySet<number> {
  return new Set([...tensors.values()].map(({ shape }) => countOf(shape)));
}

/** Widths with which the widest layer, or the last convolution, has as many outputs as a tensor is long. */
function widthsFor(config: Configuration, lengths: readonly number[]): ReadonlySet<number> {
  const hidden = layersFor({ config, width: 1, crop: lastMapStride, classes: 1 }).slice(0, -1);
  const widest = Math.max(...hidden.map(({ outputs }) => outputs));
  const convolutions = hidden.filter(({ kind }) => kind === 'conv');
  const channels = [widest, ...convolutions.map(({ outputs }) => outputs).slice(-1)];
  return new Set(channels.flatMap((full) => lengths.flatMap((length) => roundings(length / full))));
}

/** The width as a user would have written it first, if that gives the same channels. */
function roundings(width: number): number[] {
  const rounded = [2, 3, 4].map((digits) => Number(width.toFixed(digits)));
  const tried = rounded.includes(width) ? [width] : [...rounded, width];
  return tried.filter((each) => each > 0 && each <= 4);
}

/** Sides of the last map with which the layer that spans it has as many values as a tensor of the file. */
function sidesFor(config: Configuration, width: number, sizes: ReadonlySet<number>): number[] {
  const spanning = layersFor({ config, width, crop: lastMapStride, classes: 1 }).find(
    ({ kind }) => kind === 'fc',
  );
  // The single layer after a global average does not depend on the map's size: the paper's crop is assumed.
  if (spanning?.name === 'fc') return [7];
  const one = spanning ? sizeOf(spanning) : NaN;
  const sides = [...sizes].map((size) => Math.sqrt(size / one));
  return sides.filter((side) => Number.isInteger(side) && side > 0 && side * lastMapStride <= 4096);
}

function layersFor(architecture: Architecture): ParametricLayer[] {
  return parametricLayers(layersOf(architecture));
}

/** Values in the weight of a layer. */
function sizeOf(layer: ParametricLayer): number {
  const side = layer.kind === 'conv' ? layer.kernel : layer.side;
  return layer.outputs * layer.inputs * side ** 2;
}

/** Numbers that may be those of outputs: lengths of biases, and the first and last extents of weights. */
function lengthsIn({ tensors }: WeightsFile): number[] {
  const lengths = new Set<number>();
  for (const { shape } of tensors.values()) {
    const isFlat = shape.filter((extent) => extent > 1).length <= 1;
    const ends = isFlat ? [countOf(shape)] : [shape[0] ?? 0, shape.at(-1) ?? 0];
    for (const length of ends) if (length > 0) lengths.add(length);
    if (lengths.size >= mostLengths) break;
  }
  return [...lengths];
}
