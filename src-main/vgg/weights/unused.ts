import { isFloatType } from '../../foundation/floats.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import type { Architecture } from '../layers.ts';
import { findLayers } from './findLayers.ts';
import { isOfPixels } from './storedLayers.ts';

const mostNamed = 3;

/** What a person should know of tensors that a file has beside its net, each a sentence: none is computed with. */
export function unusedNotes(file: WeightsFile, architecture: Architecture | null): string[] {
  const pixels = namesOf(file, ({ name, shape }) => isOfPixels(name, shape));
  const ofPixels =
    pixels.length === 0
      ? []
      : [
          `It also holds ${listed(pixels)}, which are not used: if its net normalises its input itself, give --mean and --deviation.`,
        ];
  // Checkpoints of the workbench have velocities beside the weights.
  if (architecture === null || file.format.name === 'workbench') return ofPixels;
  const used = usedIn(file, architecture);
  const rest = namesOf(
    file,
    ({ name, dtype }) => isFloatType(dtype) && !used.has(name) && !pixels.includes(name),
  );
  return rest.length === 0
    ? ofPixels
    : [
        ...ofPixels,
        `It also holds ${listed(rest)}, which belong to no layer here: if its net computes with them, its answers differ.`,
      ];
}

function usedIn(file: WeightsFile, architecture: Architecture): ReadonlySet<string> {
  const found = findLayers(file, architecture, 'all');
  const sources = 'misfit' in found ? [] : found.sources;
  return new Set(sources.flatMap(({ tensors }) => tensors.map(({ name }) => name)));
}

function namesOf(
  { tensors }: WeightsFile,
  isOne: (tensor: { name: string; shape: readonly number[]; dtype: string }) => boolean,
): string[] {
  return [...tensors].flatMap(([name, tensor]) => (isOne({ name, ...tensor }) ? [name] : []));
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  const named = names.slice(0, mostNamed);
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(' and ');
}
