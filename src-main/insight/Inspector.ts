import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { SampleSource } from '../data/dataset.ts';
import { encodePng } from '../data/oneImage.ts';
import { topClasses } from '../evaluation/predictions.ts';
import { identityOf } from '../foundation/files.ts';
import { activationsOf, activityOf, type Activations } from './activations.ts';
import { unitArithmetic } from './arithmetic/unitArithmetic.ts';
import type { Maps } from './arithmetic/windows.ts';
import { ascentOf } from './ascentPictures.ts';
import { Checkpoints, type Weights } from './Checkpoints.ts';
import { gradCamOf, occlusionOf } from './classMaps.ts';
import { DeadUnits } from './deadUnits.ts';
import { effectiveFieldOf } from './effectiveField.ts';
import { Excitations } from './Excitations.ts';
import { filtersOf } from './filters.ts';
import { requireLayer } from './layerNamed.ts';
import { measureFields } from './measuredFields.ts';
import type { Pace } from './Pace.ts';
import { cropFor, forEachBatch, tensorOf, type View } from './prepare.ts';
import { quantise } from './quantise.ts';
import { scoredWindowsOf } from './scoredWindows.ts';
import { startSignalOf } from './startSignal.ts';
import type { About, Answer, Question } from './questions.ts';
import { Recent } from '../foundation/Recent.ts';

/** Limit for kept activations: one image through net D leaves 61 MB. */
const activationsBytes = 300e6;

interface Looked {
  activations: Activations;
  /** As the net reads it, [crop, crop, 3]. */
  image: Maps;
  input: Uint8Array<ArrayBuffer>;
}

/** Answers questions about checkpoints and nets one by one; keeps the most recently used weights and activations. */
export class Inspector {
  readonly #checkpoints = new Checkpoints();
  readonly #looked = new Recent<Looked>(activationsBytes);
  readonly #excitations = new Excitations();

  /**
   * @throws WorkbenchError `checkpoint-missing`, `image-unreadable`, `layer-unknown`, `unit-unknown`, `class-unknown`,
   *   `occlusion-does-not-fit`, `scale-below-crop`, those of damaged weights
   * @throws the signal's reason, between the steps of a question that takes many
   */
  async answer(question: Question, pace: Pace): Promise<Answer> {
    if (question.about === 'receptiveFields') {
      return { about: 'receptiveFields', layers: await measureFields(question.config, pace) };
    }
    if (question.about === 'startSignal') return await startSignalOf(question);
    const weights = await this.#checkpoints.load(question.checkpoint);
    switch (question.about) {
      case 'activity':
        return await this.#activity(weights, question);
      case 'maps':
        return await this.#maps(weights, question);
      case 'unit': {
        const looked = await this.#look(weights, question, question.image);
        return { about: 'unit', arithmetic: unitArithmetic(weights.parameters, looked, question) };
      }
      case 'filters': {
        const { parameters } = weights;
        const convolutions = parameters.layers.filter((layer) => layer.kind === 'conv');
        const layer = requireLayer(convolutions, question.layer);
        return { about: 'filters', ...filtersOf(parameters, layer) };
      }
      case 'deadUnits': {
        const dead = new DeadUnits(weights.parameters);
        const images = await forEachBatch(weights, question, pace, (tensor) => {
          dead.see(tensor);
        });
        return { about: 'deadUnits', images, layers: dead.layers() };
      }
      case 'gradCam':
        return await gradCamOf(weights, question);
      case 'occlusion':
        return await occlusionOf(weights, question, pace);
      case 'scoredWindows':
        return await scoredWindowsOf(weights, question, pace);
      case 'ascent':
        return await ascentOf(weights, question, pace);
      case 'effectiveField':
        return await effectiveFieldOf(weights, question, pace);
      case 'topImages':
        return await this.#excitations.answer(weights, question, pace);
    }
  }

  /** Frees the weights. */
  close(): void {
    this.#checkpoints.close();
    this.#looked.clear();
    this.#excitations.close();
  }

  async #activity(weights: Weights, question: About<'activity'>): Promise<Answer> {
    const { activations, input } = await this.#look(weights, question, question.image);
    const { parameters } = weights;
    return {
      about: 'activity',
      input,
      side: parameters.architecture.crop,
      layers: activityOf(activations, parameters),
      top: topClasses(activations.posteriors),
    };
  }

  async #maps(weights: Weights, question: About<'maps'>): Promise<Answer> {
    const { activations } = await this.#look(weights, question, question.image);
    const { shape, values, maps } = requireLayer(activations.layers, question.layer);
    return { about: 'maps', shape, values: quantise(values, maps), maps };
  }

  #look(weights: Weights, view: View, source: SampleSource): Promise<Looked> {
    const key = JSON.stringify([weights.key, view.scale, view.deviation, identityOfImage(source)]);
    return this.#looked.get(key, async () => {
      const crop = await cropFor(weights, view, source);
      using tensor = tensorOf(weights, view, [crop]);
      const activations = activationsOf(weights.parameters, tensor);
      const { crop: side } = weights.parameters.architecture;
      const image: Maps = { shape: [side, side, 3], values: tensor.dataSync<'float32'>() };
      const held = [image, ...activations.layers];
      const bytes = held.reduce((sum, { values }) => sum + values.byteLength, 0);
      return { value: { activations, image, input: await encodePng(crop) }, bytes };
    });
  }
}

function identityOfImage(source: SampleSource): string {
  if (source.kind === 'pixels') return createHash('sha256').update(source.data).digest('hex');
  return existsSync(source.path) ? identityOf(source.path) : source.path;
}
