import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { UnitArithmetic } from '../../insight/arithmetic/schema.ts';
import type { Evaluation } from '../../runs/records.ts';
import type { LayerActivity } from '../../vocabulary/layerActivity.ts';
import type { ValueStatistics } from '../../vocabulary/valueStatistics.ts';
import { answer } from './answer.ts';
import { splitChoice } from './datasets.ts';
import { imageReferenceSchema, weightsAndImage, weights, type ImageReference } from './imageReference.ts';
import { lookInsideContract } from './lookInside.ts';

export type { UnitArithmetic };

export interface DatasetImage {
  name: string;
  class: string;
  label: number;
}

/** The activity of a net for one image. */
export interface ImageActivity {
  /** What the net saw, before the mean was subtracted, as PNG: the centre crop at the run's S. */
  input: Blob;
  width: number;
  height: number;
  layers: LayerActivity[];
  /** The five greatest posteriors, greatest first. */
  topClasses: { label: number; name: string; posterior: number }[];
  /** Index of the image's class, if it comes from a dataset. */
  label: number | null;
}

/** The maps of one layer. */
export interface FeatureMaps {
  name: string;
  shape: [height: number, width: number, channels: number];
  /** [channels, height, width] in 8 bits: 0 is the map's least value, 255 its greatest. */
  values: Blob;
  maps: ValueStatistics[];
}

/** The filters of one convolutional layer. */
export interface LayerFilters {
  name: string;
  shape: [height: number, width: number, inputs: number, outputs: number];
  /** [outputs, shown inputs, height, width] in 8 bits, scaled filter by filter as {@link FeatureMaps}. */
  values: Blob;
  /** How many inputs are in `values`, counted from the first. */
  shownInputs: number;
  filters: (ValueStatistics & { norm: number })[];
}

export interface DeadUnits {
  images: number;
  /** For each layer with ReLU, the share of channels that stayed 0 on all the images, 0–1. */
  layers: { name: string; channels: number; dead: number }[];
}

/** An evaluation whose predictions were kept. */
export interface ScoredEvaluation extends Pick<
  Evaluation,
  'protocol' | 'testScales' | 'checkpoint' | 'step'
> {
  /** Key of its predictions. */
  key: string;
}

/** Which classes a run confuses with which, from the predictions kept with an evaluation. */
export interface ConfusionMatrix {
  /** Key of the evaluation. */
  key: string;
  classes: string[];
  /** [label][prediction], numbers of images. */
  counts: number[][];
}

export interface Prediction {
  image: ImageReference;
  name: string;
  label: number;
  /** Posterior of the label. */
  posterior: number;
  /** Greatest first, at most five. */
  top: { label: number; posterior: number }[];
}

export const insightContract = {
  ...lookInsideContract,
  /** The images of a split in the dataset's order, and its classes. */
  images: oc
    .input(
      z.strictObject({
        dataset: z.string(),
        ...splitChoice,
        split: z.enum(['train', 'val']).default('val'),
        class: z.string().optional(),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(60),
      }),
    )
    .output(answer<{ total: number; classes: string[]; images: DatasetImage[] }>()),
  /** The names of a run's classes in the order of its net's outputs; empty where they are not known. */
  classes: oc.input(z.strictObject({ run: z.string() })).output(answer<string[]>()),
  /** A small PNG with the requested smallest side. */
  thumbnail: oc
    .input(z.strictObject({ image: imageReferenceSchema, side: z.int().min(16).max(512).default(96) }))
    .output(answer<Blob>()),
  /** Receives an image file of at most 50 MB; it is kept while the workbench runs. */
  upload: oc.input(z.strictObject({ file: z.instanceof(Blob) })).output(answer<{ id: string }>()),
  activity: oc.input(z.strictObject(weightsAndImage)).output(answer<ImageActivity>()),
  maps: oc.input(z.strictObject({ ...weightsAndImage, layer: z.string() })).output(answer<FeatureMaps>()),
  /** How the value of one unit comes about: the window it reads, its weights, the sum, and what follows. */
  unit: oc
    .input(
      z.strictObject({
        ...weightsAndImage,
        layer: z.string(),
        /** The map, or the unit of a fully-connected layer, whose row and column are 0. */
        unit: z.int().min(0),
        row: z.int().min(0).default(0),
        column: z.int().min(0).default(0),
      }),
    )
    .output(answer<UnitArithmetic>()),
  filters: oc.input(z.strictObject({ ...weights, layer: z.string() })).output(answer<LayerFilters>()),
  /** Runs a few dozen validation images through the net. */
  deadUnits: oc
    .input(z.strictObject({ ...weights, images: z.int().min(1).max(1000).default(64) }))
    .output(answer<DeadUnits>()),
  /** Evaluations of a run that have predictions, newest first. */
  evaluations: oc.input(z.strictObject({ run: z.string() })).output(answer<ScoredEvaluation[]>()),
  confusion: oc.input(z.strictObject({ run: z.string(), key: z.string() })).output(answer<ConfusionMatrix>()),
  /** Predictions of an evaluation, the least probable label first; only one cell of the matrix, if given. */
  predictions: oc
    .input(
      z.strictObject({
        run: z.string(),
        key: z.string(),
        label: z.int().min(0).optional(),
        prediction: z.int().min(0).optional(),
        /** Leaves out correct predictions. */
        mistakesOnly: z.boolean().default(false),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .output(answer<{ total: number; predictions: Prediction[] }>()),
};
