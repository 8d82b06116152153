import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { longestScale } from '../../configuration/defaultScales.ts';
import type { Pass } from '../../configuration/evaluations.ts';
import type { EvaluationProtocol, Protocol } from '../../vocabulary/protocols.ts';
import { answer } from './answer.ts';
import { weightsAndImage, weights } from './imageReference.ts';

/** A PNG as a data URL: the events of a stream carry no blobs. */
export type Picture = string;

/** A map over the input that shows which parts support a class. */
export interface ClassMap {
  label: number;
  /** Name of the class. */
  name: string;
  /** Logit of the class for the whole image. */
  logit: number;
  posterior: number;
  /** Size of the map as computed, before it was enlarged to the input. */
  height: number;
  width: number;
  /** Row by row. */
  values: number[];
  /** The range of the enlarged map, from the first colour to the last. */
  least: number;
  greatest: number;
  /** Three pictures of one size: what the net saw, the enlarged map in colours, and a blend of both. */
  input: Picture;
  heat: Picture;
  overlay: Picture;
}

export interface GradCam extends ClassMap {
  layer: string;
}

export interface Occlusion extends ClassMap {
  /** Side of the square, and the distance from one position to the next, in pixels. */
  side: number;
  stride: number;
}

/** An image that excites a unit, found by gradient ascent. */
export interface AscentImage {
  unit: number;
  /** The raised value at the start and at the end, before the ReLU. */
  start: number;
  end: number;
  width: number;
  height: number;
  picture: Picture;
}

/** An image of the validation set that excites a unit. */
export interface ExcitingImage {
  name: string;
  class: string;
  value: number;
  /** Position in the unit's map. */
  row: number;
  column: number;
  /** The part of the input that the unit sees there, in pixels, and its picture. */
  region: { left: number; top: number; width: number; height: number };
  patch: Picture;
}

/** How far the units of a layer effectively see, over many images, and how far they could (Luo et al. 2016). */
export interface EffectiveField {
  images: number;
  /** Side of the input, in pixels. */
  crop: number;
  /** Side of a square with as many pixels as have more than 4.55 % of the greatest gradient. */
  side: number;
  /** What the unit at the centre could see; `region` excludes the padding beyond the input. */
  computed: {
    side: number;
    region: { left: number; top: number; width: number; height: number };
  };
  /** In the crop's size: the root mean square of the gradient of that unit's channels with respect to each pixel. */
  picture: Picture;
}

/** A part of an image that an evaluation scores, in pixels of the image. */
export interface ScoredWindow {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Whether the net saw it mirrored. */
  mirrored: boolean;
  /** Of each class of {@link ScoredWindows.classes}. */
  posteriors: number[];
}

/** How an evaluation scores one image by each protocol at each Q (Sect. 3.2). */
export interface ScoredWindows extends Pick<EvaluationProtocol, 'average' | 'horizontalFlip'> {
  /** Of the image, in pixels. */
  width: number;
  height: number;
  /** The five most probable by all passes together, the one each average predicts, the image's own. */
  classes: { label: number; name: string }[];
  /** Index of the image's class, if it comes from the run's dataset. */
  label: number | null;
  /** For `dense` a window is a position of the score map: if that is averaged before the softmax, logits are averaged. */
  passes: { pass: Pass; testScale: number; windows: ScoredWindow[]; posteriors: number[] }[];
  /** The posteriors that the evaluation reports: at each Q, and over all of them if there are several. */
  averages: { protocol: Protocol; testScales: number[]; posteriors: number[] }[];
}

/** Progress of a long answer, then the answer. */
export type Answering<Answer> =
  { type: 'progress'; done: number; total: number } | { type: 'answer'; answer: Answer };

function streamed<Answer>() {
  return eventIterator(answer<Answering<Answer>>());
}

/** Index of a class; by default the predicted one. */
const label = z.int().min(0).optional();

export const lookInsideContract = {
  /** Grad-CAM (Selvaraju et al. 2017) of a class's logit at a layer with maps; default: the last convolution or sum. */
  gradCam: oc
    .input(z.strictObject({ ...weightsAndImage, layer: z.string().optional(), label }))
    .output(answer<GradCam>()),
  /** Occlusion sensitivity (Zeiler and Fergus 2014): how far the score falls under a square of the mean colour. */
  occlusion: oc
    .input(
      z.strictObject({
        ...weightsAndImage,
        label,
        /** In pixels; by default a seventh of the crop. */
        side: z.int().min(1).optional(),
        /** In pixels; by default half the side. */
        stride: z.int().min(1).optional(),
        score: z.enum(['posterior', 'logit']).default('posterior'),
      }),
    )
    .output(streamed<Occlusion>()),
  /** The windows that dense, centre-crop and multi-crop evaluation average on one image, each with its posteriors. */
  scoredWindows: oc
    .input(
      z.strictObject({
        ...weightsAndImage,
        /** Q; by default that of the run's configuration. */
        testScales: z.array(z.int().min(1).max(longestScale)).min(1).max(8).optional(),
      }),
    )
    .output(streamed<ScoredWindows>()),
  /** Images made by gradient ascent that excite units. */
  ascent: oc
    .input(
      z.strictObject({
        ...weights,
        layer: z.string(),
        units: z.array(z.int().min(0)).min(1).max(64),
        /** What is raised: the mean of the unit's map, or its value at the centre. */
        goal: z.enum(['map', 'centre']).default('map'),
        steps: z.int().min(1).max(2000).default(64),
        /** Length of a step, in grey levels of 0–255: the root mean square of what is added. */
        rate: z.number().positive().max(255).default(6),
        /** Share by which each step moves the image back towards the mean colour. */
        decay: z.number().min(0).lt(1).default(0.01),
        /** Steps from one blurring to the next; 0 for none. */
        blurEvery: z.int().min(0).default(4),
        /** Greatest number of pixels by which the image is moved before a step, and back after it. */
        jitter: z.int().min(0).max(16).default(2),
        seed: z.int().min(0).default(1),
      }),
    )
    .output(streamed<AscentImage[]>()),
  /** Runs validation images through the net, and back from the centre of a layer's map. */
  effectiveField: oc
    .input(
      z.strictObject({
        ...weights,
        /** A layer with maps. */
        layer: z.string(),
        images: z.int().min(1).max(1000).default(32),
      }),
    )
    .output(streamed<EffectiveField>()),
  /** The validation images that excite a unit most; one pass serves all units of the layer. */
  topImages: oc
    .input(
      z.strictObject({
        ...weights,
        layer: z.string(),
        unit: z.int().min(0),
        /** How many images to return. */
        count: z.int().min(1).max(25).default(9),
        /** How many images to examine, evenly over the classes. */
        images: z.int().min(1).max(50_000).default(1000),
      }),
    )
    .output(streamed<{ images: number; found: ExcitingImage[] }>()),
};
