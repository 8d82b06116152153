import type { StoredTensor } from '../../foundation/safetensorsHeader.ts';
import { countOf, type WeightsFile } from '../../weights/WeightsFile.ts';

/** The tensors of a file that belong to one layer, whatever it is called. */
export interface StoredLayer {
  /** Their common name: `features.3`. */
  path: string;
  weight: NamedTensor;
  bias: NamedTensor | undefined;
}

export interface NamedTensor extends StoredTensor {
  name: string;
}

/** The layers of a file, in its order, and the tensors that belong to none. */
export interface StoredLayers {
  layers: StoredLayer[];
  others: NamedTensor[];
}

const roles =
  /^(.*?)[._/:-](weights?|bias(?:es)?|kernel|w|b|gamma|beta|(?:running|moving)_(?:mean|var|variance)|blob\d|num_batches_tracked)(?::0)?$/i;
const ofBias = /^(?:bias|biases|b|beta)$/i;

/** Gathers the tensors of a file into layers: a weight of two extents or more, and the bias beside it. */
export function storedLayers({ tensors }: Pick<WeightsFile, 'tensors'>): StoredLayers {
  const groups = new Map<string, (NamedTensor & { role: string })[]>();
  for (const [name, { dtype, shape }] of tensors) {
    const { path, role } = partsOf(name);
    const tensor = { name, dtype, shape, role };
    const group = groups.get(path);
    if (group) group.push(tensor);
    else groups.set(path, [tensor]);
  }
  const layers: StoredLayer[] = [];
  const others: NamedTensor[] = [];
  for (const [path, group] of groups) {
    const weights = group.filter(({ role, shape }) => shape.length > 1 && !ofBias.test(role));
    const [weight] = weights;
    const rest = group.filter((tensor) => tensor !== weight);
    const bias = rest.length === 1 ? rest[0] : undefined;
    if (weight && weights.length === 1 && rest.length <= 1) layers.push({ path, weight, bias });
    else others.push(...group);
  }
  return { layers, others };
}

/** `features.3.weight` → `features.3` and `weight`; a name without a known role is cut at its last dot. */
function partsOf(name: string): { path: string; role: string } {
  const [, path, role] = roles.exec(name) ?? [];
  if (path !== undefined && role !== undefined) return { path, role };
  const cut = name.lastIndexOf('.');
  return { path: name.slice(0, Math.max(cut, 0)), role: name.slice(cut + 1) };
}

/** Whether a tensor is one of a batch normalisation; such a layer has running statistics, a scale and a shift. */
export function isOfNormalisation({ name }: NamedTensor): boolean {
  return /(?:running|moving)_(?:mean|var)|[./](?:gamma|bn\d*\.weight)(?::0)?$/i.test(name);
}

/** Whether a tensor is a mean or a deviation of the three channels, as nets have that normalise their input themselves. */
export function isOfPixels(name: string, shape: readonly number[]): boolean {
  return /(?:mean|std|deviation|variance)$|normali[sz]/i.test(name) && countOf(shape) === 3;
}
