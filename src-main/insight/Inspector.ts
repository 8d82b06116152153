import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Rgb } from '../configuration/schema.ts';
import type { SampleSource } from '../data/dataset.ts';
import { centralCropOf, encodePng } from '../data/oneImage.ts';
import { imagesFromPixels } from '../engine/ops/pointwise.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { readParameters } from '../evaluation/evaluateWeights.ts';
import { topClasses } from '../evaluation/predictions.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { readCheckpoint } from '../training/checkpoint.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { activationsOf, activityOf, type Activations } from './activations.ts';
import { DeadUnits } from './deadUnits.ts';
import { filtersOf } from './filters.ts';
import { quantise } from './quantise.ts';
import type { Answer, Question } from './questions.ts';
import { Recent } from './Recent.ts';

/** Net D's weights are 553 MB: two checkpoints of it can be compared without loading either again. */
const weightsBytes = 1.2e9;
/** An image through net D leaves 61 MB. */
const activationsBytes = 300e6;

interface Weights {
  key: string;
  parameters: Parameters;
  mean: Rgb;
}
interface Looked {
  activations: Activations;
  input: Uint8Array<ArrayBuffer>;
}
type About<Kind extends Question['about']> = Extract<Question, { about: Kind }>;
type View = Pick<About<'activity'>, 'checkpoint' | 'scale' | 'deviation'>;

/** Answers questions about checkpoints, one after the other; keeps the weights and activations it used last. */
export class Inspector {
  readonly #weights = new Recent<Weights>(weightsBytes, ({ parameters }) => {
    parameters.dispose();
  });
  readonly #looked = new Recent<Looked>(activationsBytes);

  /**
   * @throws WorkbenchError `checkpoint-missing`, `image-unreadable`, `layer-unknown`, those of damaged weights
   * @throws the signal's reason, between the images of a question about many
   */
  async answer(question: Question, signal: AbortSignal): Promise<Answer> {
    switch (question.about) {
      case 'activity': {
        const weights = await this.#load(question.checkpoint);
        const { activations, input } = await this.#look(weights, question, question.image);
        return {
          about: 'activity',
          input,
          side: weights.parameters.architecture.crop,
          layers: activityOf(activations, weights.parameters),
          top: topClasses(activations.posteriors),
        };
      }
      case 'maps': {
        const weights = await this.#load(question.checkpoint);
        const { activations } = await this.#look(weights, question, question.image);
        const layer = activations.layers.find(({ name }) => name === question.layer);
        if (!layer) throw layerUnknown(question.layer, activations.layers);
        const { shape, values, maps } = layer;
        return { about: 'maps', shape, values: quantise(values, maps), maps };
      }
      case 'filters': {
        const { parameters } = await this.#load(question.checkpoint);
        const convolutions = parameters.layers.filter((layer) => layer.kind === 'conv');
        const layer = convolutions.find(({ name }) => name === question.layer);
        if (!layer) throw layerUnknown(question.layer, convolutions);
        return { about: 'filters', ...filtersOf(parameters, layer) };
      }
      case 'deadUnits':
        return await this.#deadUnits(question, signal);
    }
  }

  /** Frees the weights. */
  close(): void {
    this.#weights.clear();
    this.#looked.clear();
  }

  /** Of many images, one that cannot be read is left out: the answer counts those seen. */
  async #deadUnits(question: About<'deadUnits'>, signal: AbortSignal): Promise<Answer> {
    const weights = await this.#load(question.checkpoint);
    const dead = new DeadUnits(weights.parameters);
    let unreadable: WorkbenchError | undefined;
    for (const source of question.images) {
      await nextTurn();
      signal.throwIfAborted();
      try {
        const { tensor } = await prepare(weights, question, source);
        dead.see(tensor);
        tensor.dispose();
      } catch (error) {
        if (!(error instanceof WorkbenchError && error.code === 'image-unreadable')) throw error;
        unreadable = error;
      }
    }
    if (dead.images === 0 && unreadable !== undefined) throw unreadable;
    return { about: 'deadUnits', images: dead.images, layers: dead.layers() };
  }

  /** A file that was written anew, as `last` is at every epoch, is loaded anew. */
  #load(path: string): Promise<Weights> {
    if (!existsSync(path)) {
      throw new WorkbenchError(
        'checkpoint-missing',
        `There is no checkpoint ${path}.`,
        'Choose another checkpoint of the run.',
      );
    }
    const key = identityOf(path);
    return this.#weights.get(key, () => {
      const { architecture, state } = readCheckpoint(path);
      const parameters = readParameters(path, architecture);
      const bytes = 4 * parameters.variables().reduce((sum, { size }) => sum + size, 0);
      return { value: { key, parameters, mean: state.mean }, bytes };
    });
  }

  #look(weights: Weights, view: View, source: SampleSource): Promise<Looked> {
    const key = JSON.stringify([weights.key, view.scale, view.deviation, identityOfImage(source)]);
    return this.#looked.get(key, async () => {
      const { tensor, crop } = await prepare(weights, view, source);
      const activations = activationsOf(weights.parameters, tensor);
      tensor.dispose();
      const bytes = activations.layers.reduce((sum, { values }) => sum + values.byteLength, 0);
      return { value: { activations, input: await encodePng(crop) }, bytes };
    });
  }
}

async function prepare({ parameters, mean }: Weights, { scale, deviation }: View, source: SampleSource) {
  const side = parameters.architecture.crop;
  const crop = await centralCropOf(source, scale, side);
  const offsets = Float32Array.from(mean, (value) => -value);
  const tensor: Tensor = imagesFromPixels(crop.data, [1, side, side], offsets, deviation);
  return { crop, tensor };
}

function identityOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${path}@${mtimeMs}@${size}`;
}

function identityOfImage(source: SampleSource): string {
  if (source.kind === 'pixels') return createHash('sha256').update(source.data).digest('hex');
  return existsSync(source.path) ? identityOf(source.path) : source.path;
}

function layerUnknown(name: string, layers: readonly { name: string }[]): WorkbenchError {
  return new WorkbenchError(
    'layer-unknown',
    `There is no layer ${name} to show.`,
    `Choose one of: ${layers.map((layer) => layer.name).join(', ')}.`,
  );
}
