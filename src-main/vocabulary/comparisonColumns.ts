import { countText } from './counts.ts';

/** The quantities by which runs are compared. */
export const columnKeys = [
  'depth',
  'parameters',
  'comparedWeights',
  'relus',
  'receptiveField',
  'macs',
  'activationBytes',
  'memoryBytes',
  'imagesPerSecond',
  'firstGradient',
  'lastGradient',
  'outcome',
  'trainLoss',
  'top1',
  'top5',
] as const;
export type ColumnKey = (typeof columnKeys)[number];
/** Columns of numbers: all but the outcome. */
export type QuantityKey = Exclude<ColumnKey, 'outcome'>;

interface Column {
  /** The head in a printed table, with its unit. */
  head: string;
  /** What it is, in a sentence. */
  meaning: string;
  format: (value: number) => string;
}

const decimals = (digits: number) => (value: number) => value.toFixed(digits);
const scaled = (unit: number, digits: number) => (value: number) => (value / unit).toFixed(digits);
const significant = (value: number) =>
  value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5)
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(2);

export const columns: Readonly<Record<ColumnKey, Column>> = {
  depth: { head: 'Layers', meaning: 'Layers with weights, on the longest way.', format: countText },
  parameters: { head: 'Parameters', meaning: 'Weights and biases of the whole net.', format: countText },
  comparedWeights: {
    head: 'Weights compared',
    meaning: 'Weights, without biases, of the convolutional blocks in which the nets of the group differ.',
    format: countText,
  },
  relus: { head: 'ReLUs', meaning: 'Layers followed by a rectification.', format: countText },
  receptiveField: {
    head: 'Receptive field, px',
    meaning: 'Side, in pixels of the image, of what a cell of the last map sees.',
    format: countText,
  },
  macs: {
    head: 'GMAC',
    meaning: 'Multiply-accumulates of one image, in 10⁹.',
    format: (value) => significant(value / 1e9),
  },
  activationBytes: {
    head: 'Activations, MB',
    meaning: 'All outputs of one image as float32, computed.',
    format: scaled(1e6, 2),
  },
  memoryBytes: {
    head: 'Memory, MB',
    meaning: 'Greatest resident memory of the process that trained, measured.',
    format: scaled(1e6, 0),
  },
  imagesPerSecond: {
    head: 'Images/s',
    meaning: 'Of training, on the machine that trained.',
    format: decimals(0),
  },
  firstGradient: {
    head: 'Gradient, first step',
    meaning: 'Norm of the gradient by the weights of the first layer, at the first step that was looked at.',
    format: significant,
  },
  lastGradient: {
    head: 'Gradient, last step',
    meaning: 'Norm of the gradient by the weights of the first layer, at the last step that was looked at.',
    format: significant,
  },
  outcome: {
    head: 'Training',
    meaning:
      'Whether the loss came below chance level and since which step, stayed there, or it or the gradients were no numbers any more.',
    format: String,
  },
  trainLoss: {
    head: 'Training loss',
    meaning: 'Mean of the last epoch.',
    format: decimals(4),
  },
  top1: { head: 'Top-1, %', meaning: 'Top-1 error on the validation images.', format: decimals(2) },
  top5: { head: 'Top-5, %', meaning: 'Top-5 error on the validation images.', format: decimals(2) },
};
