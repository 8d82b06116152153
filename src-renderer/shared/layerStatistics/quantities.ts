import type { LayerQuantity } from '../../../src-main/workbench/contract.ts';

/** How colours run over a quantity: over powers of ten, over them to both sides of 0, or from 0 to 1. */
export type ScaleKind = 'log' | 'signed' | 'share';

export interface QuantityText {
  name: string;
  scale: ScaleKind;
  meaning: string;
}

export const quantityTexts: Record<LayerQuantity, QuantityText> = {
  'gradient/norm': {
    name: 'Gradient, norm',
    scale: 'log',
    meaning: 'L2 norm of the gradient of the loss by the weights of the layer, without weight decay.',
  },
  'gradient/mean': {
    name: 'Gradient, mean',
    scale: 'signed',
    meaning: 'Mean of that gradient over all weights of the layer.',
  },
  'gradient/deviation': {
    name: 'Gradient, deviation',
    scale: 'log',
    meaning: 'Standard deviation of that gradient over all weights of the layer.',
  },
  'weight/norm': {
    name: 'Weights, norm',
    scale: 'log',
    meaning: 'L2 norm of the weights before the update.',
  },
  'weight/update': {
    name: 'Weights, update share',
    scale: 'log',
    meaning: 'Norm of the update, momentum and weight decay included, by the norm of the weights.',
  },
  'activation/mean': {
    name: 'Activations, mean',
    scale: 'signed',
    meaning: 'Mean of the output of the layer over the batch, after its ReLU.',
  },
  'activation/deviation': {
    name: 'Activations, deviation',
    scale: 'log',
    meaning: 'Standard deviation of the output of the layer over the batch.',
  },
  'activation/rms': {
    name: 'Activations, root mean square',
    scale: 'log',
    meaning: 'Root of the mean square of the output of the layer over the batch.',
  },
  'activation/dead': {
    name: 'Dead units',
    scale: 'share',
    meaning: 'Share of the channels that are 0 at every position of every image of the batch.',
  },
};

/** The quantity that an address names, if it is one. */
export function quantityOf(text: string | null): LayerQuantity {
  return text !== null && isQuantity(text) ? text : 'gradient/norm';
}

function isQuantity(text: string): text is LayerQuantity {
  return Object.hasOwn(quantityTexts, text);
}
