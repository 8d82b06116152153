import type { WeightsFile } from '../../weights/WeightsFile.ts';
import type { ParametricLayer } from '../layers.ts';
import { storedTensors } from './layout.ts';
import type { NameOf } from './names.ts';
import type { Source } from './Source.ts';

/** Parts of names that PyTorch adds where a net, or a part of it, is wrapped: for several devices, or compiled. */
const wrappers = new Set(['module', '_orig_mod']);

/** The names in a file, by what they would be without wrappers. */
export function plainNames({ tensors }: Pick<WeightsFile, 'tensors'>): ReadonlyMap<string, string> {
  const plain = new Map<string, string>();
  for (const name of tensors.keys()) {
    const without = name
      .split('.')
      .filter((part) => !wrappers.has(part))
      .join('.');
    // Two tensors of one name are two tensors: then nothing is taken away.
    if (plain.has(without)) return new Map([...tensors.keys()].map((each) => [each, each]));
    plain.set(without, name);
  }
  return plain;
}

/**
 * What stands before the usual names of a net's layers: nothing, or one or several prefixes that all of the names have.
 */
export function prefixesOf(
  names: ReadonlyMap<string, string>,
  layers: readonly ParametricLayer[],
  nameOf: NameOf,
): string[] {
  const usual = layers.flatMap((layer) => storedTensors(layer, nameOf(layer)).map(({ name }) => name));
  const [first = ''] = usual;
  const isWhole = (prefix: string) => usual.every((name) => names.has(prefix + name));
  if (isWhole('')) return [''];
  return [...names.keys()]
    .filter((name) => /[./]/.test(name.at(-first.length - 1) ?? '') && name.endsWith(first))
    .map((name) => name.slice(0, name.length - first.length))
    .filter(isWhole);
}

/** The tensors of layers that are there under their usual names, behind a prefix. */
export function sourcesByName(
  names: ReadonlyMap<string, string>,
  layers: readonly ParametricLayer[],
  usualName: NameOf,
): Source[] {
  return layers.map((layer) => ({
    layer,
    tensors: storedTensors(layer, usualName(layer)).map(({ name, isWeight }) => ({
      name: names.get(name) ?? name,
      isWeight,
    })),
  }));
}
