import { bytesText } from '../../../src-main/vocabulary/bytes.ts';
import { shortCountText } from '../../../src-main/vocabulary/counts.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import type { LayerDescription, NetworkDescription } from '../../../src-main/workbench/contract.ts';

/** As Table 1 writes it: `conv3-64`, `LRN`, `maxpool`, `FC-4096`; a stride as He et al. do: `conv3-128/2`. */
export function tableName({ kind, filter, output, step }: LayerDescription): string {
  switch (kind) {
    case 'pool':
      return filter === '2×2' ? 'maxpool' : `maxpool ${filter}`;
    case 'lrn':
      return 'LRN';
    case 'average':
      return `avgpool ${filter}`;
    case 'add':
      return 'sum';
    case 'fc':
      return `FC-${output[2]}`;
    case 'conv':
      return `conv${filter.split('×')[0]}-${output[2]}${step > 1 ? `/${step}` : ''}`;
  }
}

/** What follows the filter before the next layer reads it: `BN, ReLU`. */
export function afterFilterText({
  kind,
  normalised,
  rectified,
  shortcutFrom,
  projects,
}: LayerDescription): string {
  const steps = [
    ...(projects === null ? [] : [`of ${projects}`]),
    ...(kind === 'add' && shortcutFrom !== null ? [`+ ${shortcutFrom}`] : []),
    ...(normalised ? ['BN'] : []),
    ...(rectified ? ['ReLU'] : []),
  ];
  return steps.join(', ');
}

/** `56×56×256`: height, width, channels. */
export function shapeText(output: readonly number[]): string {
  return output.join('×');
}

/** The columns of a net's layers: what each shows, and its exact value for copying. */
export const layerColumns: readonly {
  title: string;
  unit: string;
  isNumber: boolean;
  text: (layer: LayerDescription) => string;
  exact: (layer: LayerDescription) => string;
}[] = [
  column('Layer', '', ({ name }) => name),
  column('Filter', '', ({ filter }) => filter || none),
  column('Then', '', (layer) => afterFilterText(layer) || none),
  column('Output', 'H×W×C', ({ output }) => shapeText(output)),
  number('Parameters', '', ({ parameters }) => parameters, shortCountText),
  number('MACs', 'an image', ({ macs }) => macs, shortCountText),
  number('Activations', 'an image', ({ activationBytes }) => activationBytes, bytesText),
  number('Weights', 'float32', ({ weightBytes }) => weightBytes, bytesText),
  number('Field', 'px', ({ receptiveField }) => receptiveField, String),
  number('Stride', 'px', ({ stride }) => stride, String),
];

function column(title: string, unit: string, text: (layer: LayerDescription) => string) {
  return { title, unit, isNumber: false, text, exact: text };
}

function number(
  title: string,
  unit: string,
  value: (layer: LayerDescription) => number,
  show: (value: number) => string,
) {
  const text = (layer: LayerDescription) => (value(layer) === 0 ? none : show(value(layer)));
  return { title, unit, isNumber: true, text, exact: (layer: LayerDescription) => String(value(layer)) };
}

/** Layers of the nets and their totals, exact, with a heading: for {@link tableText}. Memory is in bytes. */
export function layerRows(networks: readonly NetworkDescription[]): string[][] {
  const heading = [
    'Net',
    'Layer',
    'Filter',
    'Then',
    'Output',
    'Parameters',
    'MACs',
    'Activation bytes',
    'Weight bytes',
    'Receptive field',
    'Stride',
  ];
  return [
    heading,
    ...networks.flatMap((network) => [
      ...network.layers.map((layer) => [network.config, ...layerColumns.map(({ exact }) => exact(layer))]),
      [
        network.config,
        'total',
        '',
        '',
        `depth ${network.depth}`,
        ...[network.parameters, network.macs, network.activationBytes].map(String),
        ...[network.weightBytes, network.receptiveField].map(String),
        '',
      ],
    ]),
  ];
}
