import type { ConvLayer, Layer } from '../layers.ts';
import type { Parameters } from '../Parameters.ts';
import { AverageStage } from './AverageStage.ts';
import { ConvStage } from './ConvStage.ts';
import { FcStage } from './FcStage.ts';
import { NormalisedConvStage } from './NormalisedConvStage.ts';
import { PlainStage } from './PlainStage.ts';
import { ResidualStage } from './ResidualStage.ts';
import type { Stage } from './Stage.ts';
import { WindowsStage } from './WindowsStage.ts';

/**
 * The stages that compute layers.
 *
 * @param layerByLayer whether each layer has its own stage; else ConvStage also computes the pool after it
 */
export function stagesOf(parameters: Parameters, layers: readonly Layer[], layerByLayer: boolean): Stage[] {
  const stages: Stage[] = [];
  /** The number of stages up to and including each layer: where a shortcut may begin. */
  const stagesBehind = new Map<string, number>();
  let projection: Stage | undefined;
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === 'add') {
      const branch = stages.splice(stagesBehind.get(layer.from) ?? 0);
      stages.push(new ResidualStage(layer, branch, projection));
      projection = undefined;
    } else if (layer.kind === 'conv' && layer.input !== undefined) {
      projection = convolutional(parameters, layer, undefined);
    } else if (layer.kind === 'conv') {
      stages.push(convolutional(parameters, layer, layerByLayer ? undefined : layers[index + 1]));
    } else if (layer.kind !== 'pool' || layerByLayer || !isTakenOn(layers[index - 1])) {
      stages.push(...otherStages(parameters, layer, layers[index - 1]));
    }
    stagesBehind.set(layer.name, stages.length);
  }
  return stages;
}

function convolutional(parameters: Parameters, layer: ConvLayer, next: Layer | undefined): Stage {
  if (layer.normalisation !== null) return new NormalisedConvStage(layer, parameters.of(layer));
  return new ConvStage(layer, parameters.of(layer), next?.kind === 'pool' ? next : undefined);
}

/** Whether a pool is computed by the stage of the layer before it. */
function isTakenOn(previous: Layer | undefined): boolean {
  return previous?.kind === 'conv' && previous.normalisation === null;
}

function otherStages(
  parameters: Parameters,
  layer: Exclude<Layer, { kind: 'conv' | 'add' }>,
  previous: Layer | undefined,
): Stage[] {
  switch (layer.kind) {
    case 'lrn':
    case 'pool':
      return [new PlainStage(layer)];
    case 'average':
      return [new AverageStage(layer)];
    case 'fc': {
      const stage = new FcStage(layer, parameters.of(layer));
      return previous?.kind === 'fc' ? [stage] : [new WindowsStage(layer.side), stage];
    }
  }
}
