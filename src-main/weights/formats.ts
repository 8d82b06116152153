import type { Channels, Rgb } from '../configuration/schema.ts';

/** How a kind of file stores a VGG net, and what input that net was trained on. */
export interface WeightsFormat {
  name: FormatName;
  title: string;
  /** Order of the channels that the first layer reads. */
  channels: Channels;
  /**
   * Order of the extents of a filter: outputs first as in Caffe and PyTorch, whose fc6 reads its map channel by channel
   * (C,H,W), or outputs last as in TensorFlow, whose fc6 reads it position by position (H,W,C).
   */
  filters: 'OIHW' | 'HWIO';
  /** RGB, 0–255, whatever the order of the channels. Null where it can only come from the file itself. */
  mean: Rgb | null;
  deviation: Rgb | null;
  /** Training scale S in pixels, where all known files of the format share one. */
  trainScale: [number, number] | null;
}

export const formatNames = ['caffe', 'keras', 'keras-numbered', 'torchvision', 'timm', 'workbench'] as const;
export type FormatName = (typeof formatNames)[number];

/** Mean RGB of ILSVRC's training images as used by the authors' own files. */
const oxfordMean: Rgb = [123.68, 116.779, 103.939];
const unit: Rgb = [1, 1, 1];
/** For pixels of 0–1 the documentation of torchvision gives .485, .456, .406 and .229, .224, .225. */
const torchvisionMean: Rgb = [123.675, 116.28, 103.53];
const torchvisionDeviation: Rgb = [58.395, 57.12, 57.375];
/** The published nets D and E are those in the paper's Table 3 that were trained with scale jittering (Sect. 4.1). */
const oxfordTrainScale: [number, number] = [256, 512];

/** The authors' files, and Keras's, which were converted from them. */
const oxford = { channels: 'BGR', mean: oxfordMean, deviation: unit, trainScale: oxfordTrainScale } as const;
const torch = {
  channels: 'RGB',
  filters: 'OIHW',
  mean: torchvisionMean,
  deviation: torchvisionDeviation,
  trainScale: null,
} as const;

export const formats = {
  caffe: { name: 'caffe', title: 'Caffe', filters: 'OIHW', ...oxford },
  keras: { name: 'keras', title: 'Keras', filters: 'HWIO', ...oxford },
  'keras-numbered': { name: 'keras-numbered', title: 'Keras', filters: 'HWIO', ...oxford },
  torchvision: { name: 'torchvision', title: 'torchvision', ...torch },
  timm: { name: 'timm', title: 'timm', ...torch },
  /** Checkpoints and exports of the workbench, which state in their metadata what input their net expects. */
  workbench: {
    name: 'workbench',
    title: 'VGG Workbench',
    channels: 'RGB',
    filters: 'OIHW',
    mean: null,
    deviation: null,
    trainScale: null,
  },
} as const satisfies Record<FormatName, WeightsFormat>;
