import { windows } from '../engine/ops/convolution.ts';
import { slice } from '../engine/ops/pointwise.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { lastMapSide, lastMapStride, type Layer } from './layers.ts';
import type { Parameters } from './Parameters.ts';
import { ConvStage } from './stages/ConvStage.ts';
import { FcStage } from './stages/FcStage.ts';
import { LrnStage } from './stages/LrnStage.ts';
import type { DropoutMask, GradientSink, Stage } from './stages/Stage.ts';

const noDropout: DropoutMask = () => undefined;

/**
 * A VGG net as a chain of stages over its parameters, which it does not own.
 * One pass at a time: {@link forward} is followed by {@link backward} or {@link release}.
 */
export class Network {
  readonly #convolutional: Stage[];
  readonly #fullyConnected: FcStage[];
  readonly #crop: number;
  readonly #lastMapSide: number;
  #rows: Tensor | undefined;
  #mapShape: number[] = [];

  constructor(parameters: Parameters) {
    const { layers, architecture } = parameters;
    this.#crop = architecture.crop;
    this.#lastMapSide = lastMapSide(architecture.crop);
    this.#convolutional = layers.flatMap((layer, index) =>
      convolutionalStage(parameters, layer, layers[index + 1]),
    );
    this.#fullyConnected = layers
      .filter((layer) => layer.kind === 'fc')
      .map((layer) => new FcStage(layer, parameters.of(layer)));
  }

  /**
   * Training pass. Keeps what {@link backward} needs.
   *
   * @param images [batch, crop, crop, 3], owned by the caller until the pass is over
   * @returns logits [batch, classes], owned by the network
   */
  forward(images: Tensor, dropout: DropoutMask = noDropout): Tensor {
    const map = this.#convolutional.reduce((input, stage) => stage.forward(input, dropout), images);
    this.#mapShape = map.shape;
    this.#rows = windows(map, this.#lastMapSide).rows;
    return this.#fullyConnected.reduce((input, stage) => stage.forward(input, dropout), this.#rows);
  }

  /**
   * Backward pass by the chain rule, from the gradient of the loss by the logits, which it disposes.
   * Each gradient goes to the sink as soon as it is known, after the layer's weights were used for the last time.
   */
  backward(gradient: Tensor, sink: GradientSink): void {
    let current = gradient;
    for (const stage of this.#fullyConnected.toReversed()) {
      current = stage.backward(current, sink, true) ?? current;
    }
    const byMap = current.reshape(this.#mapShape);
    current.dispose();
    this.#rows?.dispose();
    this.#rows = undefined;
    current = byMap;
    for (const [index, stage] of [...this.#convolutional.entries()].reverse()) {
      current = stage.backward(current, sink, index > 0) ?? current;
    }
  }

  /** Frees what {@link forward} kept, instead of a backward pass. */
  release(): void {
    for (const stage of [...this.#convolutional, ...this.#fullyConnected]) stage.release();
    this.#rows?.dispose();
    this.#rows = undefined;
  }

  /**
   * The class score map: the FC layers applied as convolutions to whole images (Sect. 3.2), no dropout.
   *
   * A position of the map is a window of the crop's size, 32 pixels from the next. For a crop that is a multiple of 32, as
   * the paper's, they begin at the image's corner. For another, the last map has cells whose windows would hang over the
   * edge; the image is then cut to the windows that lie within it, centred.
   *
   * @param images [batch, height, width, 3], height and width at least the crop
   * @returns logits [batch, rows, columns, classes], owned by the caller; for an image of the crop's size, one position
   */
  scoreMap(images: Tensor): Tensor {
    const batch = images.shape[0];
    const covered = this.#coveredByWindows(images);
    const map = runFreeing(this.#convolutional, covered);
    const { rows, height, width } = windows(map, this.#lastMapSide);
    covered.dispose();
    this.#convolutional.at(-1)?.release();
    const logits = runFreeing(this.#fullyConnected, rows);
    rows.dispose();
    const scores = logits.reshape([batch, height, width, logits.shape[1] ?? 0]);
    this.#fullyConnected.at(-1)?.release();
    return scores;
  }

  /** The images, or the part of them that whole windows cover. The caller owns the result. */
  #coveredByWindows(images: Tensor): Tensor {
    if (this.#crop % lastMapStride === 0) return images.clone();
    const [batch, height = 0, width = 0, channels = 0] = images.shape;
    const uncovered = (extent: number) => (extent - this.#crop) % lastMapStride;
    const [above, left] = [uncovered(height) >> 1, uncovered(width) >> 1];
    return slice(
      images,
      [0, above, left, 0],
      [batch, height - uncovered(height), width - uncovered(width), channels],
    );
  }
}

function convolutionalStage(parameters: Parameters, layer: Layer, next: Layer | undefined): Stage[] {
  // A pool belongs to the stage before it, see ConvStage and LrnStage.
  if (layer.kind === 'conv') return [new ConvStage(layer, parameters.of(layer), next?.kind === 'pool')];
  return layer.kind === 'lrn' ? [new LrnStage(layer)] : [];
}

/** Runs stages one after the other, each freed as soon as the next one has used its output; the last keeps its own. */
function runFreeing(stages: readonly Stage[], input: Tensor): Tensor {
  let current = input;
  let previous: Stage | undefined;
  for (const stage of stages) {
    current = stage.forward(current, noDropout);
    previous?.release();
    previous = stage;
  }
  return current;
}
