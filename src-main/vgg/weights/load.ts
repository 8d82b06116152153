import type { CopiedLayers } from '../../configuration/schema.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import { parametricLayers, type Architecture } from '../layers.ts';
import { identity } from '../identity.ts';
import { layersOf } from '../layersOf.ts';
import type { Initialiser } from '../Parameters.ts';
import { findLayers } from './findLayers.ts';
import { requireFinite } from './requireFinite.ts';
import type { Source } from './Source.ts';
import { tensorIn } from './storedLayout.ts';

/**
 * An initialiser that copies layers from a weights file and leaves the others to `rest`, or to the identity. Whatever the order of channels
 * and extents in the file, the net reads RGB and computes in our layout.
 *
 * @throws WorkbenchError `weights-do-not-fit` naming the tensor, before any tensor is made; the initialiser
 *   `weights-not-finite`, `weights-damaged`
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
    if (source === undefined) return layers === 'net-a-identity' ? identity(layer) : rest(layer);
    const isFirst = layer.name === first?.name;
    // All are read before the first becomes a tensor, because any of them may turn out damaged.
    const read = source.tensors.map(({ name, isWeight }) => {
      const values = file.read(name);
      requireFinite(values, name, file.path);
      return { isWeight, values };
    });
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

function fittingSources(
  file: WeightsFile,
  architecture: Architecture,
  layers: CopiedLayers,
): ReadonlyMap<string, Source> {
  const found = findLayers(file, architecture, layers);
  if ('misfit' in found) throw misfit(file, found.misfit);
  return new Map(found.sources.map((source) => [source.layer.name, source]));
}

function misfit({ path }: WeightsFile, fact: string): WorkbenchError {
  return new WorkbenchError(
    'weights-do-not-fit',
    `${path}: ${fact}.`,
    'Choose the configuration, width, crop and number of classes that the weights were trained with, or copy fewer layers.',
  );
}
