import type { Configuration, NetworkDescription } from '../../../src-main/workbench/contract.ts';

/** A count that a paper prints for a net at 224×224 pixels and 1000 classes, in the figures that it prints. */
export interface PublishedCount {
  of: 'parameters' | 'macs';
  value: number;
  /** `138 M`. */
  text: string;
  source: string;
  /** Half of the last figure printed. */
  within: number;
}

function table2(millions: number): PublishedCount {
  return {
    of: 'parameters',
    value: millions * 1e6,
    text: `${millions} M`,
    source: 'Table 2',
    within: 0.5e6,
  };
}

/** He et al. (2015), Table 1: "3.6×10⁹ FLOPs (multiply-adds)", for both nets of 34 layers. */
const he34: PublishedCount = {
  of: 'macs',
  value: 3.6e9,
  text: '3.6 G MACs',
  source: 'He et al. 2015',
  within: 0.1e9,
};

/** The paper's Table 2 does not count the nets that vary its own. */
export const published: Readonly<Record<Configuration, PublishedCount | null>> = {
  A: table2(133),
  'A-LRN': table2(133),
  B: table2(133),
  C: table2(134),
  D: table2(138),
  E: table2(144),
  'B-5x5': null,
  'D-7x7': null,
  'E-skip': null,
  'E-gap': null,
  'plain-34': he34,
  'resnet-34': he34,
};

/** Whether the net has as many as was printed. */
export function agrees(network: NetworkDescription, { of, value, within }: PublishedCount): boolean {
  return Math.abs(network[of] - value) <= within;
}
