import { z } from 'zod';
import { configurations } from '../../vocabulary/configurations.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import type { Architecture } from '../layers.ts';
import { convolutionsIn, fittingLayers, nearestNet, netsAlike } from './alike.ts';
import { findLayers } from './findLayers.ts';
import { shapeText } from './fits.ts';
import type { Found, Misfit } from './Source.ts';
import { isOfNormalisation, storedLayers, type StoredLayers } from './storedLayers.ts';

export const architectureSchema = z.strictObject({
  config: z.enum(configurations),
  width: z.number(),
  crop: z.int(),
  classes: z.int(),
}) satisfies z.ZodType<Architecture>;

/** The metadata key under which the workbench's own files state, as JSON, the net that the weights belong to. */
export const architectureKey = 'vgg-workbench.architecture';

/** What net a file was found to hold. */
export interface Identified {
  /** Null if the file holds the weights of no net, or not all of one. */
  architecture: Architecture | null;
  /** The net whose convolutions the file has, if it has them and nothing else that is known. */
  convolutions: Pick<Architecture, 'config' | 'width'> | null;
  /** Whether the layers have the names that are usual in the format. */
  isUsual: boolean;
  /** Why there is no whole net, a sentence without its full stop. */
  misfit: string | null;
}

/**
 * The net whose weights a file holds: the one that the file names, else the first of all nets, with a crop that is a
 * multiple of 32, whose layers the file has.
 */
export function identify(file: WeightsFile): Identified {
  const named = architectureSchema.safeParse(parsedJson(file.metadata[architectureKey])).data;
  const guesses = named ? [named] : [...netsAlike(file)];
  // Usual names tell apart what shapes do not: A and A-LRN.
  const found = guesses.map((architecture) => ({
    architecture,
    found: findLayers(file, architecture, 'all'),
  }));
  const whole = found.flatMap((each) => ('misfit' in each.found ? [] : [{ ...each, found: each.found }]));
  const best = whole.find((each) => each.found.isUsual) ?? whole[0];
  if (best) {
    const { architecture } = best;
    return { architecture, convolutions: null, isUsual: best.found.isUsual, misfit: null };
  }
  const stored = storedLayers(file);
  const convolutions = found.length === 0 ? convolutionsIn(file) : null;
  const misfit = convolutions
    ? `it has the convolutions of net ${convolutions.config}, but not its fully-connected layers${whatElse(stored)}`
    : whyUnknown(file, stored, misfitOfNearest(file, stored, found));
  return { architecture: null, convolutions, isUsual: false, misfit };
}

/** What is wrong with the net that the file comes nearest to. */
function misfitOfNearest(
  file: WeightsFile,
  { layers }: StoredLayers,
  guesses: readonly { architecture: Architecture; found: Found }[],
): Misfit | undefined {
  const misfits = guesses.flatMap(({ architecture, found }) =>
    'misfit' in found ? [{ ...found, fitting: fittingLayers(file, layers, architecture) }] : [],
  );
  return misfits.toSorted(
    (left, right) => Number(right.isNear) - Number(left.isNear) || right.fitting - left.fitting,
  )[0];
}

/** Undefined if the file holds the weights of no net. */
export function architectureIn(file: WeightsFile): Architecture | undefined {
  return identify(file).architecture ?? undefined;
}

/** The other layers, where there are some. */
function whatElse({ layers }: StoredLayers): string {
  const flat = layers.filter(({ weight }) => weight.shape.length === 2).slice(0, 3);
  const texts = flat.map(({ weight }) => `${weight.name} is ${shapeText(weight.shape)}`);
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`;
}

function whyUnknown(file: WeightsFile, { layers, others }: StoredLayers, misfit: Misfit | undefined): string {
  if (misfit?.isNear) return misfit.misfit;
  const normalisation = others.find(isOfNormalisation);
  if (normalisation)
    return `it has batch normalisation (${normalisation.name}), which the nets of the paper have not`;
  if (misfit) return misfit.misfit;
  const [first] = layers;
  if (!first) return 'none of its tensors is the weight of a layer';
  const nearest = nearestNet(file);
  const found = nearest && findLayers(file, nearest, 'all');
  if (nearest && found && 'misfit' in found)
    return `it is nearest to net ${nearest.config}, but ${found.misfit}`;
  return `its layers (${layers.length}), from ${first.path} (${shapeText(first.weight.shape)}) on, have the shapes of no net that is known here`;
}

/** Undefined for text that is not JSON. */
export function parsedJson(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
