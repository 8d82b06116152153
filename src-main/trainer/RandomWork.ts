import { imagesAtOnce } from '../configuration/imagesAtOnce.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { PixelBatch } from '../data/PixelBatch.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import { Draws } from '../foundation/random.ts';
import { GradientSum } from '../training/GradientSum.ts';
import { MomentumSgd } from '../training/MomentumSgd.ts';
import { requirePrecision } from '../training/requirePrecision.ts';
import { gradientStep } from '../training/step.ts';
import { randomInitialiser } from '../vgg/initialise.ts';
import { Network } from '../vgg/Network.ts';
import { Parameters } from '../vgg/Parameters.ts';

/** A net with random weights and random images, to measure inference and the same step that trains a run. */
export class RandomWork {
  readonly #config: RunConfig;
  readonly #parameters: Parameters;
  readonly #network: Network;
  readonly #optimiser: MomentumSgd;
  readonly #sums = new GradientSum();
  readonly #batch: PixelBatch;

  constructor(config: RunConfig, classes: number, images: number) {
    const { network: net, training, initialisation } = config;
    requirePrecision(training);
    const { crop } = net;
    const { seed } = training;
    const architecture = { config: net.config, width: net.width, crop, classes };
    this.#parameters = new Parameters(architecture, randomInitialiser(initialisation, seed));
    this.#config = config;
    this.#optimiser = new MomentumSgd(this.#parameters.variables(), training);
    this.#network = new Network(this.#parameters);
    const draws = new Draws(seed, 'crop');
    this.#batch = {
      pixels: Uint8Array.from({ length: images * crop * crop * 3 }, () => draws.integer(0, 255)),
      offsets: new Float32Array(images * 3).fill(-128),
      labels: Int32Array.from({ length: images }, () => draws.integer(0, classes - 1)),
    };
  }

  [Symbol.dispose](): void {
    this.#optimiser.dispose();
    this.#parameters.dispose();
  }

  /** @param step the position in the stream of dropout masks */
  train(step: number): void {
    const { network, training } = this.#config;
    gradientStep(
      {
        network: this.#network,
        sums: this.#sums,
        update: (parameter, gradient, rows) => {
          this.#optimiser.apply(parameter, gradient, training.learningRate, { rows });
        },
      },
      this.#batch,
      {
        crop: network.crop,
        microBatch: imagesAtOnce({ ...training, batch: this.#batch.labels.length }),
        dropout: network.dropout,
        precision: training.precision,
        clipNorm: training.clipNorm,
        deviation: [1, 1, 1],
        seed: training.seed,
        step,
      },
    );
  }

  /** Scores the images as single crops. */
  infer(): void {
    const { crop } = this.#config.network;
    const { pixels, offsets, labels } = this.#batch;
    using images = imagesFromPixels(pixels, [labels.length, crop, crop], offsets, [1, 1, 1]);
    using scores = this.#network.scoreMap(images);
    scores.dataSync();
  }
}
