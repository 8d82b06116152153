import { slice } from '../engine/ops/shape.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { roundsHalvesUp, lastMapStride, type Architecture, type Layer } from './layers.ts';
import type { Parameters } from './Parameters.ts';
import { backwardThrough, forwardThrough, releaseAll, runFreeing } from './stages/chain.ts';
import { FrozenStages } from './stages/FrozenStages.ts';
import type { BackwardPass, ForwardPass, Stage } from './stages/Stage.ts';
import { stagesOf } from './stages/stagesOf.ts';
import { WindowsStage } from './stages/WindowsStage.ts';

export interface NetworkOptions {
  /** Computes each layer separately, so that each output and gradient can be watched: slower, with the same results. */
  layerByLayer?: boolean;
  /** The last layer to compute; without it, all are computed. */
  until?: string;
  /** Leaves out that layer's ReLU and dropout, to give the values before them. The ReLU of a sum stays. */
  linear?: boolean;
  /** Whether only the fully-connected layers learn: no gradient goes through those before them. */
  frozen?: boolean;
}

const atTestTime: ForwardPass = { dropout: () => undefined, training: false, precision: 'float32' };

/**
 * A net as a chain of stages over its parameters, which it does not own.
 * One pass at a time: {@link forward} is followed by {@link backward} or {@link release}.
 */
export class Network {
  readonly #stages: readonly Stage[];
  readonly #windows: WindowsStage | undefined;
  readonly #architecture: Architecture;

  constructor(
    parameters: Parameters,
    { layerByLayer = false, until, linear = false, frozen = false }: NetworkOptions = {},
  ) {
    const layers = [...(until === undefined ? parameters.layers : layersUntil(parameters.layers, until))];
    if (linear) layers.push(...layers.splice(-1).map(withoutRelu));
    const stages = stagesOf(parameters, layers, layerByLayer);
    this.#windows = stages.find((stage) => stage instanceof WindowsStage);
    this.#stages = frozen ? withFrozen(stages) : stages;
    this.#architecture = parameters.architecture;
  }

  /**
   * Forward pass; keeps what {@link backward} needs. Without options it computes as at test time.
   *
   * @param images [batch, crop, crop, 3], owned by the caller until the pass is over
   * @returns logits [batch, classes], or the output of the layer that ends the chain; owned by the network
   */
  forward(images: Tensor, pass: Partial<ForwardPass> = {}): Tensor {
    return forwardThrough(this.#stages, images, { ...atTestTime, ...pass });
  }

  /**
   * Backward pass by the chain rule, from the gradient by the output of {@link forward}, which it disposes.
   * Each gradient goes to the sink as soon as it is known, after the layer's weights were used for the last time.
   *
   * @returns with `toImages`, the gradient by the images, owned by the caller
   */
  backward(
    gradient: Tensor,
    { toImages = false, ...pass }: BackwardPass & { toImages?: boolean },
  ): Tensor | undefined {
    return backwardThrough(this.#stages, gradient, pass, toImages);
  }

  /** Frees what {@link forward} kept, instead of a backward pass. */
  release(): void {
    releaseAll(this.#stages);
  }

  /**
   * The class score map: the FC layers applied as convolutions to whole images (Sect. 3.2), no dropout.
   *
   * A position of the map is a window of the crop's size, 32 pixels from the next. If the crop is a multiple of 32,
   * like the paper's, the windows begin at the image's corner. Otherwise some cells of the last map have windows that
   * reach over the edge, so the image is cut to the windows that lie within it, centred. The same is done for nets that
   * halve by padded strides, whose last map has such cells at any crop.
   *
   * @param images [batch, height, width, 3], height and width at least the crop
   * @returns logits [batch, rows, columns, classes], owned by the caller; for an image of the crop's size, one position
   */
  scoreMap(images: Tensor): Tensor {
    const covered = this.#coveredByWindows(images);
    const logits = runFreeing(this.#stages, covered, atTestTime);
    covered.dispose();
    const [height, width] = this.#windows?.grid ?? [1, 1];
    const scores = logits.reshape([images.shape[0], height, width, logits.shape[1] ?? 0]);
    this.#stages.at(-1)?.release();
    return scores;
  }

  /** Where the first window of the score map begins along a side of an image of so many pixels. */
  firstWindow(extent: number): number {
    return this.#uncovered(extent) >> 1;
  }

  /** Pixels of a side that no whole window covers, if the image is cut to the windows. */
  #uncovered(extent: number): number {
    const { config, crop } = this.#architecture;
    if (crop % lastMapStride === 0 && !roundsHalvesUp(config)) return 0;
    return (extent - crop) % lastMapStride;
  }

  /** The images, or the part of them that whole windows cover. The caller owns the result. */
  #coveredByWindows(images: Tensor): Tensor {
    const [batch, height = 0, width = 0, channels = 0] = images.shape;
    const [below, beside] = [this.#uncovered(height), this.#uncovered(width)];
    if (below === 0 && beside === 0) return images.clone();
    return slice(
      images,
      [0, this.firstWindow(height), this.firstWindow(width), 0],
      [batch, height - below, width - beside, channels],
    );
  }
}

/** Combines the stages before the windows that the fully-connected layers read into one that never learns. */
function withFrozen(stages: readonly Stage[]): Stage[] {
  const first = stages.findIndex((stage) => stage instanceof WindowsStage);
  return [new FrozenStages(stages.slice(0, first)), ...stages.slice(first)];
}

/** The layers that one layer's output needs: those up to it; for a projection, those up to its shortcut's beginning. */
function layersUntil(layers: readonly Layer[], name: string): Layer[] {
  const end = layers.findIndex((layer) => layer.name === name);
  const last = layers[end];
  if (!last) throw new Error(`The net has no layer ${name}.`);
  if (last.kind !== 'conv' || last.input === undefined) return layers.slice(0, end + 1);
  const { input, ...projection } = last;
  return [...layersUntil(layers, input), projection];
}

function withoutRelu(layer: Layer): Layer {
  if (layer.kind === 'conv') return { ...layer, relu: false };
  return layer.kind === 'fc' ? { ...layer, hidden: false } : layer;
}
