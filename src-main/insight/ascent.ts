import type { Rgb } from '../configuration/schema.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { Network } from '../vgg/Network.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { blur, jitterOf, shift, startImage } from './ascentImages.ts';
import type { LayerInPlace } from './layerNamed.ts';
import type { Pace } from './Pace.ts';
import { centreOf } from './receptiveFields.ts';

export interface AscentSettings {
  /** What is raised: the mean of the unit's map, or its value at the centre; equal for fully-connected layers. */
  goal: 'map' | 'centre';
  steps: number;
  /** Length of a step, in grey levels of 0–255: the root mean square of what is added. */
  rate: number;
  /** Share by which each step moves the image back towards the mean colour. */
  decay: number;
  /** Steps from one blurring to the next; 0 for never. */
  blurEvery: number;
  /** Greatest number of pixels by which the image is moved before a step, and back after it. */
  jitter: number;
  seed: number;
}

/** The units to excite, and their net. */
export interface ExcitedUnits extends Pick<LayerInPlace, 'layer' | 'shape'> {
  parameters: Parameters;
  /** The mean subtracted from images, and the deviation they are then divided by. */
  mean: Rgb;
  deviation: readonly number[];
  units: readonly number[];
}

export interface AscendedImage {
  unit: number;
  /** [crop, crop, 3], 0–255. */
  pixels: Float32Array;
  /** The raised value at the start and at the end: before the ReLU, but after it for a sum. */
  start: number;
  end: number;
}

/** Number of images that go through the net at once. */
const batch = 8;

/**
 * Images that excite units of a layer, by gradient ascent from seeded noise around the mean colour (Erhan et al. 2009).
 * The value before the ReLU is raised, since it has a gradient even where the unit is not active yet (the ReLU of a sum
 * stays). Each step follows the gradient, scaled to the length of the rate. Decay and blurring (Yosinski et al. 2015),
 * jitter (Mordvintsev et al. 2015) and the range of a pixel keep the image natural.
 */
export async function ascend(
  { units, ...net }: ExcitedUnits,
  settings: AscentSettings,
  pace: Pace,
): Promise<AscendedImage[]> {
  const ascended: AscendedImage[] = [];
  const total = units.length * settings.steps;
  for (let begin = 0; begin < units.length; begin += batch) {
    const some = units.slice(begin, begin + batch);
    const climb = new Climb({ ...net, units: some }, settings);
    const first = climb.values();
    for (let step = 0; step < settings.steps; step++) {
      climb.step(step);
      await pace.after(begin * settings.steps + some.length * (step + 1), total);
    }
    const last = climb.values();
    some.forEach((unit, index) => {
      const pixels = climb.pixels(index);
      const [start, end] = [first[index] ?? NaN, last[index] ?? NaN];
      ascended.push({ unit, pixels, start, end });
    });
  }
  return ascended;
}

/** A batch of images during the ascent. */
class Climb {
  readonly #network: Network;
  readonly #shape: LayerInPlace['shape'];
  readonly #units: readonly number[];
  readonly #settings: AscentSettings;
  readonly #crop: number;
  readonly #mean: Rgb;
  readonly #deviation: readonly number[];
  /** Each [crop, crop, 3] in grey levels, the mean subtracted. */
  readonly #images: Float32Array[];

  constructor({ parameters, mean, deviation, layer, shape, units }: ExcitedUnits, settings: AscentSettings) {
    this.#network = new Network(parameters, { layerByLayer: true, until: layer.name, linear: true });
    this.#shape = shape;
    this.#units = units;
    this.#settings = settings;
    this.#crop = parameters.architecture.crop;
    this.#mean = mean;
    this.#deviation = deviation;
    this.#images = units.map((unit) => startImage(this.#crop, settings.seed, unit));
  }

  /** The value to be raised, for each image. */
  values(): Float32Array {
    return this.#through(this.#images, (output) => {
      const values = this.#goals(output);
      this.#network.release();
      return values;
    });
  }

  step(step: number): void {
    const { seed, jitter, rate, decay, blurEvery } = this.#settings;
    const moves = this.#units.map((unit) => jitterOf(seed, unit, step, jitter));
    const moved = this.#images.map((image, index) => shift(image, this.#crop, moves[index] ?? [0, 0]));
    const byImages = this.#gradient(moved);
    const size = this.#crop * this.#crop * 3;
    for (const [index, image] of this.#images.entries()) {
      const [down = 0, right = 0] = moves[index] ?? [];
      const gradient = shift(byImages.subarray(index * size, (index + 1) * size), this.#crop, [
        -down,
        -right,
      ]);
      const length = rootMeanSquare(gradient);
      const factor = length > 0 ? rate / length : 0;
      for (const [at, value] of gradient.entries()) {
        image[at] = ((image[at] ?? 0) + factor * value) * (1 - decay);
      }
      if (blurEvery > 0 && (step + 1) % blurEvery === 0) image.set(blur(image, this.#crop));
      this.#clip(image);
    }
  }

  /** An image as it is displayed, 0–255. */
  pixels(index: number): Float32Array {
    return (this.#images[index] ?? new Float32Array(0)).map((value, at) => value + (this.#mean[at % 3] ?? 0));
  }

  /** Gradient of the raised value with respect to grey levels: [images, crop, crop, 3], one image after the other. */
  #gradient(images: readonly Float32Array[]): Float32Array {
    using byImages = this.#through(images, (output) =>
      this.#network.backward(this.#goalGradient(output), { toImages: true }),
    );
    if (!byImages) throw new Error('The gradient by the images was asked for.');
    return byImages.dataSync<'float32'>().map((value, at) => value / (this.#deviation[at % 3] ?? 1));
  }

  /**
   * Runs images through the net.
   *
   * @param use ends the pass; it receives [images, height, width, channels] or [images, channels], owned by the network
   */
  #through<Result>(images: readonly Float32Array[], use: (output: Tensor) => Result): Result {
    const size = this.#crop * this.#crop * 3;
    const values = new Float32Array(images.length * size);
    for (const [index, image] of images.entries()) {
      for (const [at, value] of image.entries()) {
        values[index * size + at] = value / (this.#deviation[at % 3] ?? 1);
      }
    }
    using tensor = tensorflow().tf.tensor4d(values, [images.length, this.#crop, this.#crop, 3]);
    return use(this.#network.forward(tensor));
  }

  #goals(output: Tensor): Float32Array {
    const values = output.dataSync<'float32'>();
    return Float32Array.from(this.#units, (_, index) => {
      const places = this.#goalPlaces(index);
      return places.reduce((sum, at) => sum + (values[at] ?? NaN), 0) / places.length;
    });
  }

  #goalGradient(output: Tensor): Tensor {
    const values = new Float32Array(output.size);
    for (const index of this.#units.keys()) {
      const places = this.#goalPlaces(index);
      for (const at of places) values[at] = 1 / places.length;
    }
    return tensorflow().tf.tensor(values, output.shape, 'float32');
  }

  /** Which values of the output are raised for an image. */
  #goalPlaces(index: number): number[] {
    const [height, width, channels] = this.#shape;
    const first = index * height * width * channels + (this.#units[index] ?? 0);
    if (this.#settings.goal === 'map') {
      return Array.from({ length: height * width }, (_, position) => first + position * channels);
    }
    const { row, column } = centreOf([height, width]);
    return [first + (row * width + column) * channels];
  }

  #clip(image: Float32Array): void {
    for (const [at, value] of image.entries()) {
      const mean = this.#mean[at % 3] ?? 0;
      image[at] = Math.min(255 - mean, Math.max(-mean, value));
    }
  }
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
