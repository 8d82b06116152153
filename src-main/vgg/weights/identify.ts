import { z } from 'zod';
import { configurations, type Configuration } from '../../vocabulary/configurations.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import { lastMapStride, parametricLayers, type Architecture, type ParametricLayer } from '../layers.ts';
import { layersOf } from '../layersOf.ts';
import { isNetOf } from './load.ts';
import { namesIn } from './names.ts';

export const architectureSchema = z.strictObject({
  config: z.enum(configurations),
  width: z.number(),
  crop: z.int(),
  classes: z.int(),
}) satisfies z.ZodType<Architecture>;

/** The metadata key under which the workbench's own files state, as JSON, the net that the weights belong to. */
export const architectureKey = 'vgg-workbench.architecture';

/**
 * The net whose weights a file holds: the one that the file names, else the first of all nets, with a crop that is a
 * multiple of 32, whose tensors the file has. Undefined if there is none.
 */
export function architectureIn(file: WeightsFile): Architecture | undefined {
  const told = architectureSchema.safeParse(parsedJson(file.metadata[architectureKey]));
  if (told.success) return isNetOf(file, told.data) ? told.data : undefined;
  for (const config of configurations) {
    for (const architecture of guesses(file, config)) {
      if (isNetOf(file, architecture)) return architecture;
    }
  }
  return undefined;
}

/** Nets of a configuration whose first, widest and last layers have the extents found in the file. */
function* guesses(file: WeightsFile, config: Configuration): Generator<Architecture> {
  const layers = parametricLayers(layersOf({ config, width: 1, crop: lastMapStride, classes: 1 }));
  const nameOf = namesIn(file.format, layers);
  const hidden = layers.slice(0, -1);
  const widest = hidden.reduce((one, other) => (other.outputs > one.outputs ? other : one));
  const spanning = layers.find(({ kind }) => kind === 'fc');
  const [outputs, classes] = [widest, layers.at(-1)].map((layer) => layer && outputsIn(file, nameOf(layer)));
  if (outputs === undefined || classes === undefined || !spanning) return;
  const side = sideIn(file, nameOf(spanning), spanning, outputsIn(file, nameOf(before(layers, spanning))));
  if (side === undefined) return;
  const width = outputs / widest.outputs;
  // The width as a user would have written it, if that gives the same channels.
  for (const rounded of new Set([2, 3, 4].map((digits) => Number(width.toFixed(digits))).concat(width))) {
    if (rounded > 0) yield { config, width: rounded, crop: side * lastMapStride, classes };
  }
}

/** A bias has one value for each output, in every format. Filters without one (normalised) begin with the outputs. */
function outputsIn({ tensors }: WeightsFile, name: string): number | undefined {
  return tensors.get(`${name}.bias`)?.shape.at(-1) ?? tensors.get(`${name}.weight`)?.shape[0];
}

/** Side of the last map, from the number of values in the weight of the layer that spans it. */
function sideIn(
  file: WeightsFile,
  name: string,
  { kind, name: layer }: ParametricLayer,
  channels: number | undefined,
): number | undefined {
  // The single layer after a global average does not depend on the map's size: the paper's crop is assumed.
  if (kind === 'fc' && layer === 'fc') return 7;
  const values = file.tensors.get(`${name}.weight`)?.shape.reduce((product, extent) => product * extent, 1);
  const outputs = outputsIn(file, name);
  if (values === undefined || outputs === undefined || channels === undefined) return undefined;
  const side = Math.sqrt(values / outputs / channels);
  return Number.isInteger(side) && side > 0 && side * lastMapStride <= 4096 ? side : undefined;
}

function before(layers: readonly ParametricLayer[], layer: ParametricLayer): ParametricLayer {
  return layers[layers.indexOf(layer) - 1] ?? layer;
}

/** Undefined for text that is not JSON. */
export function parsedJson(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
