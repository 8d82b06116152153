import type { Tensor } from '../engine/tensorflow.ts';
import { isRectified } from '../vgg/layers.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { forEachLayer } from './forward.ts';

/** How much of a layer was never active. */
export interface DeadLayer {
  name: string;
  channels: number;
  /** Share of the channels that stayed 0 at every position on every image, 0–1. */
  dead: number;
}

/** Observes which channels of the layers with ReLU are ever active. */
export class DeadUnits {
  readonly #parameters: Parameters;
  readonly #alive = new Map<string, Uint8Array>();

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  /** @param images [batch, crop, crop, 3], owned by the caller */
  see(images: Tensor): void {
    forEachLayer(this.#parameters, images, (layer, output) => {
      if (!isRectified(layer)) return;
      using greatest = output.max(output.shape.slice(0, -1).map((_, axis) => axis));
      const values = greatest.dataSync<'float32'>();
      const alive = this.#alive.get(layer.name) ?? new Uint8Array(values.length);
      this.#alive.set(layer.name, alive);
      for (const [channel, value] of values.entries()) if (value !== 0) alive[channel] = 1;
    });
  }

  /** In the order of the layers. */
  layers(): DeadLayer[] {
    return [...this.#alive].map(([name, alive]) => ({
      name,
      channels: alive.length,
      dead: 1 - alive.reduce((sum, one) => sum + one, 0) / alive.length,
    }));
  }
}
