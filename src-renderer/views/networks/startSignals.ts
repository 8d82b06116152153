import { paperNets } from '../../../src-main/vocabulary/configurations.ts';
import type { Configuration, LayerSignal, StartSignal } from '../../../src-main/workbench/contract.ts';

/** The schemes that are shown side by side, as the API takes them. */
export const startSchemes = [
  { key: 'normal', title: 'Normal, deviation 0.01', scheme: 'normal', deviation: 0.01 },
  { key: 'glorot', title: 'Glorot', scheme: 'glorot', deviation: null },
  { key: 'he', title: 'He', scheme: 'he', deviation: null },
  { key: 'lsuv', title: 'LSUV', scheme: 'lsuv', deviation: null },
  { key: 'pytorch', title: 'PyTorch’s default', scheme: 'pytorch', deviation: null },
] as const;
export type StartScheme = (typeof startSchemes)[number];

export interface MeasuredStart extends StartSignal {
  net: Configuration;
  scheme: StartScheme['key'];
}

/** What is asked for, one after the other: scheme by scheme, each net of Table 1. */
export const startQuestions: readonly { net: (typeof paperNets)[number]; scheme: StartScheme }[] =
  startSchemes.flatMap((scheme) => paperNets.map((net) => ({ net, scheme })));

export const signalQuantities = {
  activation: 'Signal: deviation of the output',
  gradient: 'Gradient: its norm',
} as const;
export type SignalQuantity = keyof typeof signalQuantities;

/** Layers with weights of the deepest net, and those whose number stands at the axis. */
export const deepest = 19;
export const labelledDepths = [1, 5, 10, 15, deepest] as const;

/** Below this a 32-bit number is as good as 0. */
const least = 1e-38;

export interface SignalPoint {
  name: string;
  /** Which of the layers with weights it is, from 1. */
  depth: number;
  value: number;
}

/** The layers with weights; those whose value is 0 or not finite have no place on a logarithmic scale. */
export function signalPoints(layers: readonly LayerSignal[], quantity: SignalQuantity): SignalPoint[] {
  return layers
    .filter(({ gradient }) => gradient !== null)
    .map((layer, index) => ({ name: layer.name, depth: index + 1, value: layer[quantity] ?? NaN }))
    .filter(({ value }) => value > least && Number.isFinite(value));
}

/** Powers of ten that hold all values. */
export function decades(values: readonly number[]): [least: number, most: number] {
  if (values.length === 0) return [-1, 1];
  const logs = values.map((value) => Math.log10(value));
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
  return [low, high > low ? high : low + 1];
}

/** At most six of the powers in a range, evenly spaced. */
export function decadeTicks([low, high]: readonly [number, number]): number[] {
  const step = Math.max(1, Math.ceil((high - low) / 5));
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => high - index * step);
}

/** What the signal of a net is at its last layer, in words that need no chart. */
export function startWords(measured: readonly MeasuredStart[], scheme: StartScheme['key']): string {
  return measured
    .filter((each) => each.scheme === scheme)
    .map(({ net, layers }) => `${net} ${layers.at(-1)?.activation.toPrecision(2) ?? ''}`)
    .join(', ');
}

/** A line for each layer of each net and scheme. */
export function startRows(measured: readonly MeasuredStart[]): string[][] {
  return [
    ['Scheme', 'Net', 'Layer', 'Deviation of the output', 'Norm of the gradient', 'Norm of the weights'],
    ...measured.flatMap(({ net, scheme, layers }) =>
      layers.map(({ name, activation, gradient, weight }) => [
        scheme,
        net,
        name,
        ...[activation, gradient, weight].map((value) => value?.toPrecision(6) ?? ''),
      ]),
    ),
  ];
}
