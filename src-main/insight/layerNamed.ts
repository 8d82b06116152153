import { WorkbenchError } from '../foundation/errors.ts';
import { describeNetwork } from '../vgg/describe.ts';
import type { Layer } from '../vgg/layers.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { ReceptiveField } from '../vocabulary/layerActivity.ts';
import { receptiveFields } from './receptiveFields.ts';

/** The layer with that name. @throws WorkbenchError `layer-unknown` */
export function requireLayer<Named extends { name: string }>(layers: readonly Named[], name: string): Named {
  const layer = layers.find((each) => each.name === name);
  if (layer) return layer;
  throw new WorkbenchError(
    'layer-unknown',
    `There is no layer ${name} to show.`,
    `Choose one of: ${layers.map((each) => each.name).join(', ')}.`,
  );
}

/** A layer and its output's shape in a net with a given crop. */
export interface LayerInPlace {
  layer: Layer;
  /** Shape of its output: height and width are 1 for fully-connected layers. */
  shape: [height: number, width: number, channels: number];
  field: ReceptiveField;
}

/** The layer with that name, checked to have the units. @throws WorkbenchError `layer-unknown`, `unit-unknown` */
export function requireUnits(
  { layers, architecture }: Parameters,
  name: string,
  units: readonly number[],
): LayerInPlace {
  const layer = requireLayer(layers, name);
  const at = layers.indexOf(layer);
  const [field, described] = [receptiveFields(architecture)[at], describeNetwork(architecture).layers[at]];
  if (!field || !described) throw new Error(`${name} is not described.`);
  const [, , channels] = described.output;
  const unknown = units.find((unit) => unit < 0 || unit >= channels);
  if (unknown === undefined) return { layer, shape: described.output, field };
  throw new WorkbenchError(
    'unit-unknown',
    `Layer ${name} has no unit ${unknown}.`,
    `Choose one from 0 to ${channels - 1}.`,
  );
}
