import { countText } from '../vocabulary/counts.ts';
import { ilsvrcClasses } from '../vocabulary/ilsvrc.ts';
import { describeNetwork } from '../vgg/describe.ts';
import type { ComputedClaim, CountedSide } from './definition.ts';
import { unmeasured, type JudgedClaim, type JudgedSide } from './judged.ts';

type Quantity = ComputedClaim['quantity'];

/** At the paper's size. */
const paperSize = { crop: 224, width: 1, classes: ilsvrcClasses };

/** Decides a claim by counting: what it says of nets holds for every training of them. */
export function judgeComputed(claim: ComputedClaim): JudgedClaim {
  const { quantity, relation } = claim;
  const sides = claim.sides.map((side) => countedSide(side, quantity));
  const [first = NaN, second = NaN] = sides.map(({ error }) => error ?? NaN);
  const holds = relation === 'less' ? first < second : first === second;
  const [one = '', other = ''] = sides.map(({ label, error }) => `${label}: ${countText(error)}`);
  return {
    ...claimText(claim),
    verdict: holds ? 'holds' : 'contradicted',
    reason: `Counted from the nets: ${one}, ${other} ${unitOf(claim.sides[0], quantity)}.`,
    seeds: 0,
    paperEffect: null,
    margin: null,
    marginReason: null,
    sides,
    ...unmeasured,
  };
}

function claimText({ id, section, title, sentence, why, kind }: ComputedClaim) {
  return { id, section, title, sentence, why, kind };
}

function countedSide(side: CountedSide, quantity: Quantity): JudgedSide {
  const counted = 'net' in side ? ofNet(side.net, quantity) : ofStack(side.stack, quantity);
  const label = 'net' in side ? side.net : stackText(side.stack);
  return {
    label: side.label ?? label,
    net: 'net' in side ? side.net : null,
    error: counted,
    paper: side.paper ?? null,
    table: null,
    trainScale: null,
    testScales: null,
    protocol: null,
    run: null,
    runs: [],
  };
}

function ofNet(config: Extract<CountedSide, { net: unknown }>['net'], quantity: Quantity): number {
  const net = describeNetwork({ config, ...paperSize });
  switch (quantity) {
    case 'weights':
      return net.parameters;
    case 'relus':
      return net.layers.filter(({ rectified }) => rectified).length;
    case 'receptiveField':
      return net.receptiveField;
    case 'macs':
      return net.macs;
  }
}

/** Of layers with C channels in and out, stride 1: weights and multiply-accumulates in units of C². */
function ofStack(kernels: readonly number[], quantity: Quantity): number {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  switch (quantity) {
    case 'weights':
    case 'macs':
      return sum(kernels.map((kernel) => kernel ** 2));
    case 'relus':
      return kernels.length;
    case 'receptiveField':
      return 1 + sum(kernels.map((kernel) => kernel - 1));
  }
}

/** `3 layers of 3×3`, `1 layer of 7×7` */
function stackText(kernels: readonly number[]): string {
  const counts = Map.groupBy(kernels, (kernel) => kernel);
  return [...counts].map(([kernel, same]) => `${layers(same.length)} of ${kernel}×${kernel}`).join(' and ');
}

function layers(count: number): string {
  return count === 1 ? '1 layer' : `${count} layers`;
}

function unitOf(side: CountedSide, quantity: Quantity): string {
  const perChannels = 'stack' in side ? ' C²' : '';
  return {
    weights: `weights${perChannels && ', in units of C²'}`,
    relus: 'rectifications',
    receptiveField: 'pixels of receptive field a side',
    macs: `multiply-accumulates${perChannels && ', in units of C² a pixel'}`,
  }[quantity];
}
