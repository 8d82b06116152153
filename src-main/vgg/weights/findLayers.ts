import type { CopiedLayers } from '../../configuration/schema.ts';
import { isFloatType } from '../../foundation/floats.ts';
import type { Configuration } from '../../vocabulary/configurations.ts';
import { countOf, type WeightsFile } from '../../weights/WeightsFile.ts';
import { parametricLayers, type Architecture, type ParametricLayer } from '../layers.ts';
import { layersOf } from '../layersOf.ts';
import { plainNames, prefixesOf, sourcesByName } from './byName.ts';
import { byOrder } from './byOrder.ts';
import { shapesFit, shapeText, tensorMisfit } from './fits.ts';
import { nameOrder } from './nameOrder.ts';
import { whyNotDeeper } from '../identity.ts';
import { isOfANet, namesIn } from './names.ts';
import type { Found, Misfit, Source } from './Source.ts';
import {
  isOfNormalisation,
  isOfPixels,
  storedLayers,
  type NamedTensor,
  type StoredLayer,
  type StoredLayers,
} from './storedLayers.ts';

/** Layers of the paper's net A from which deeper nets start (Sect. 3.1): its first four conv and its three FC layers. */
const sharedWithNetA: readonly string[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc6', 'fc7', 'fc8'];

/**
 * Finds in a file the layers that a net would copy from it: under their usual names, perhaps behind a prefix, or under
 * any names by shape and order.
 */
export function findLayers(file: WeightsFile, architecture: Architecture, copied: CopiedLayers): Found {
  const net = parametricLayers(layersOf(architecture));
  if (copied === 'net-a') return sharedLayers(file, net, architecture);
  if (copied === 'net-a-identity') return deepened(file, net, architecture);
  const requested = net.filter(
    (layer) => copied === 'all' || (copied === 'convolutions' ? layer.kind === 'conv' : layer !== net.at(-1)),
  );
  const found = layersIn(file, net, requested);
  const twin = 'misfit' in found || found.isUsual ? undefined : twins[architecture.config];
  const isTwin = twin !== undefined && hasUsualNamesOf(file, { ...architecture, config: twin });
  return isTwin ? near(`its names are those of net ${twin}`) : found;
}

/** Nets that differ in no shape, but in torchvision's numbers. */
const twins: Partial<Record<Configuration, Configuration>> = { A: 'A-LRN', 'A-LRN': 'A' };

function hasUsualNamesOf(file: WeightsFile, architecture: Architecture): boolean {
  const net = parametricLayers(layersOf(architecture));
  return prefixesOf(plainNames(file), net, namesIn(file.format, net)).length > 0;
}

/** All layers of net A, for a net that is A with more layers in it. */
function deepened(file: WeightsFile, net: readonly ParametricLayer[], size: Architecture): Found {
  const notDeeper = whyNotDeeper(size);
  if (notDeeper !== undefined) return near(notDeeper);
  const found = layersOfNetA(file, size);
  if ('misfit' in found) return found;
  const sources = found.sources.map((source) => ({
    ...source,
    layer: net.find(({ name }) => name === source.layer.name) ?? source.layer,
  }));
  return { ...found, sources };
}

/** The layers that a net shares with net A (or A-LRN), whose weights the file has. */
function sharedLayers(file: WeightsFile, net: readonly ParametricLayer[], size: Architecture): Found {
  const found = layersOfNetA(file, size);
  if ('misfit' in found) return found;
  return {
    ...found,
    sources: net.flatMap((layer) => {
      const source = found.sources.find((one) => one.layer.name === layer.name);
      return source && sharedWithNetA.includes(layer.name) ? [{ ...source, layer }] : [];
    }),
  };
}

function layersOfNetA(file: WeightsFile, size: Architecture): Found {
  const found = (['A', 'A-LRN'] as const)
    .map((config) => {
      const all = parametricLayers(layersOf({ ...size, config }));
      return layersIn(file, all, all);
    })
    .toSorted((left, right) => Number('misfit' in left) - Number('misfit' in right))[0];
  return found ?? far('it has no layers');
}

/** @param net all layers of the net, of which some are requested */
function layersIn(
  file: WeightsFile,
  net: readonly ParametricLayer[],
  requested: readonly ParametricLayer[],
): Found {
  const isWhole = requested.length === net.length;
  const names = plainNames(file);
  const nameOf = namesIn(file.format, net);
  const prefixes = prefixesOf(names, requested, nameOf);
  const [prefix, second] = prefixes;
  if (second !== undefined) return near(`it holds several nets: ${prefixes.join(' and ')}`);
  if (prefix !== undefined) {
    const sources = sourcesByName(names, requested, (layer) => prefix + nameOf(layer));
    const misfit = misfitOf(file, sources) ?? (isWhole ? leftover(file, sources, prefix) : undefined);
    return misfit === undefined ? { sources, isUsual: true } : near(misfit);
  }
  const hasUsualNames = requested.some((layer) => names.has(`${nameOf(layer)}.weight`));
  if (file.format.name === 'workbench' || requested.some(isNormalised)) {
    return far(missingIn(names, sourcesByName(names, requested, nameOf)));
  }
  const found = sourcesByOrder(file, requested, isWhole);
  if (!('misfit' in found) || !hasUsualNames) return found;
  const usual = sourcesByName(names, requested, nameOf);
  const present = usual.filter(({ tensors }) => tensors.every(({ name }) => file.tensors.has(name)));
  return far(misfitOf(file, present) ?? found.misfit);
}

function near(misfit: string): Misfit {
  return { misfit, isNear: true };
}

function far(misfit: string): Misfit {
  return { misfit, isNear: false };
}

function isNormalised(layer: ParametricLayer): boolean {
  return layer.kind === 'conv' && layer.normalisation !== null;
}

/** The whole net must use all of the file; parts of it may leave layers over. */
function sourcesByOrder(file: WeightsFile, requested: readonly ParametricLayer[], isWhole: boolean): Found {
  const stored = storedLayers(file);
  const normalisation = stored.others.find(isOfNormalisation);
  if (normalisation) return far(`it has batch normalisation (${normalisation.name}), and the net has none`);
  const ordering = byOrder(file, stored.layers, requested);
  if (ordering.kind === 'ambiguous')
    return near(`nothing tells whether ${ordering.between.join(' or ')} comes first`);
  if (ordering.kind === 'none') return far(whyNone(file, stored, requested));
  const strange = isWhole ? strangeIn(stored, ordering.stored) : skippedIn(stored, ordering.stored);
  if (strange !== undefined) return near(`${strange} belongs to no layer of this net`);
  return {
    isUsual: false,
    sources: requested.map((layer, index) => {
      const { weight, bias } = ordering.stored[index] ?? {};
      const tensors = [weight, bias].flatMap((tensor) => (tensor ? [tensor.name] : []));
      return { layer, tensors: tensors.map((name) => ({ name, isWeight: name === weight?.name })) };
    }),
  };
}

/**
 * Whether a tensor that no layer uses may stand beside the layers, and is noted: a mean or a deviation of pixels, a number
 * by itself. What belongs to a part of the net computes something, even a single slope of PReLU.
 */
function mayStandBeside({ name, shape, dtype }: NamedTensor): boolean {
  const isOfAPart = /[./]/.test(name) && !isOfPixels(name, shape);
  return !isFloatType(dtype) || (!isOfAPart && countOf(shape) <= 3);
}

/** A tensor that no layer of the net has used: what it computes would be missing. */
function strangeIn({ layers, others }: StoredLayers, used: readonly StoredLayer[]): string | undefined {
  const unused = layers.find((one) => !used.includes(one))?.weight;
  const other = others.find((tensor) => !mayStandBeside(tensor));
  return (unused ?? other)?.name;
}

/** A layer that the names put before one that is used: what it computes would be missing. */
function skippedIn({ layers }: StoredLayers, used: readonly StoredLayer[]): string | undefined {
  const order = nameOrder(layers.map(({ path }) => path));
  const isSkipped = (one: StoredLayer) =>
    !used.includes(one) && used.some(({ path }) => (order(one.path, path) ?? 0) < 0);
  return layers.find(isSkipped)?.weight.name;
}

/** The first place where the layers of the file, as they stand, are not those of the net. */
function whyNone(
  file: WeightsFile,
  { layers, others }: StoredLayers,
  net: readonly ParametricLayer[],
): string {
  const unused = [...layers];
  for (const layer of net) {
    const index = unused.findIndex((one) => shapesFit(one, layer, file.format));
    if (index >= 0) {
      unused.splice(index, 1);
      continue;
    }
    const [next] = unused.filter(({ weight }) => weight.shape.length === (layer.kind === 'conv' ? 4 : 2));
    if (!next) return `it has no weights for ${layer.name}`;
    return (
      tensorMisfit(next.weight, layer, file.format, true) ??
      (next.bias
        ? (tensorMisfit(next.bias, layer, file.format, false) ?? `${next.path} is not where ${layer.name} is`)
        : `${next.path} has no bias`)
    );
  }
  const [left] = unused;
  if (left) return `${left.weight.name} belongs to no layer of this net`;
  const strange = others[0];
  return strange
    ? `${strange.name} is ${shapeText(strange.shape)}, which is of no layer`
    : 'its layers are in another order';
}

function misfitOf(file: WeightsFile, sources: readonly Source[]): string | undefined {
  for (const { layer, tensors } of sources) {
    for (const { name, isWeight } of tensors) {
      const stored = file.tensors.get(name);
      if (!stored) return `${layer.name} needs ${name}, which is missing`;
      const misfit = tensorMisfit({ name, ...stored }, layer, file.format, isWeight);
      if (misfit !== undefined) return misfit;
    }
  }
  return undefined;
}

function missingIn(names: ReadonlyMap<string, string>, sources: readonly Source[]): string {
  for (const { layer, tensors } of sources) {
    const missing = tensors.find(({ name }) => !names.has(name));
    if (missing) return `${layer.name} needs ${missing.name}, which is missing`;
  }
  return 'its layers are of another net';
}

/**
 * A tensor that belongs to a net and to none of the layers. Without a prefix, other tensors than those of a net may stand
 * beside it; behind one, all weights are the net's.
 */
function leftover(file: WeightsFile, sources: readonly Source[], prefix: string): string | undefined {
  const used = new Set(sources.flatMap(({ tensors }) => tensors.map(({ name }) => name)));
  const left = [...file.tensors].find(([name, { shape, dtype }]) => {
    if (used.has(name) || !name.startsWith(prefix)) return false;
    return (
      isOfANet(file.format, name.slice(prefix.length)) ||
      (prefix !== '' && !mayStandBeside({ name: name.slice(prefix.length), shape, dtype }))
    );
  });
  return left === undefined ? undefined : `${left[0]} belongs to no layer of this net`;
}
