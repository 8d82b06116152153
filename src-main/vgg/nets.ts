import type { Configuration } from '../vocabulary/configurations.ts';

/** A net of the paper's kind: blocks of convolutions, a max-pool after each, then the head. */
export interface VggPlan {
  kind: 'vgg';
  /** As in Table 1: `3-64` is a convolution with 3×3 filters and 64 outputs, ` | ` a max-pool. */
  blocks: string;
  /** Around the pairs of convolutions in all blocks but the first, which reads the image (He et al. 2015, Sect. 3.3). */
  shortcuts: 'none' | 'identity';
  /** Three fully-connected layers, or one after the mean of the last map. */
  head: 'fully-connected' | 'average';
}

/** A net of He et al. (2015): pairs of batch-normalised 3×3 convolutions, halved by strides. */
export interface ResidualPlan {
  kind: 'residual';
  /** Channels and pairs of each block; the first convolution of the later ones has stride 2. */
  blocks: readonly (readonly [channels: number, pairs: number])[];
  shortcuts: 'none' | 'projection';
}

const table1 = {
  A: '3-64 | 3-128 | 3-256 3-256 | 3-512 3-512 | 3-512 3-512',
  'A-LRN': '3-64 LRN | 3-128 | 3-256 3-256 | 3-512 3-512 | 3-512 3-512',
  B: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 | 3-512 3-512 | 3-512 3-512',
  C: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 1-256 | 3-512 3-512 1-512 | 3-512 3-512 1-512',
  D: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 3-256 | 3-512 3-512 3-512 | 3-512 3-512 3-512',
  E: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 3-256 3-256 | 3-512 3-512 3-512 3-512 | 3-512 3-512 3-512 3-512',
};

const he34 = [
  [64, 3],
  [128, 4],
  [256, 6],
  [512, 3],
] as const;

/** The only place that defines each configuration. */
export const nets: Readonly<Record<Configuration, VggPlan | ResidualPlan>> = {
  A: vgg(table1.A),
  'A-LRN': vgg(table1['A-LRN']),
  B: vgg(table1.B),
  C: vgg(table1.C),
  D: vgg(table1.D),
  E: vgg(table1.E),
  // The shallow form of B (Sect. 4.1): one 5×5 has the receptive field of a pair of 3×3.
  'B-5x5': vgg('5-64 | 5-128 | 5-256 | 5-512 | 5-512'),
  // Sect. 2.3: one 7×7 has the receptive field of a stack of three 3×3.
  'D-7x7': vgg('3-64 3-64 | 3-128 3-128 | 7-256 | 7-512 | 7-512'),
  'E-skip': { ...vgg(table1.E), shortcuts: 'identity' },
  'E-gap': { ...vgg(table1.E), head: 'average' },
  'plain-34': { kind: 'residual', blocks: he34, shortcuts: 'none' },
  'resnet-34': { kind: 'residual', blocks: he34, shortcuts: 'projection' },
};

/** Channels of the two hidden fully-connected layers (Sect. 2.1). */
export const hiddenChannels = 4096;

function vgg(blocks: string): VggPlan {
  return { kind: 'vgg', blocks, shortcuts: 'none', head: 'fully-connected' };
}
