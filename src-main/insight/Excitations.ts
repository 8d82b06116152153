import { encodePng } from '../data/oneImage.ts';
import type { Weights } from './Checkpoints.ts';
import { cutOut } from './cutOut.ts';
import { outputOf } from './forward.ts';
import { requireUnits } from './layerNamed.ts';
import type { Pace } from './Pace.ts';
import { cropFor, forEachBatch } from './prepare.ts';
import type { About, Answer } from './questions.ts';
import { regionSeen } from './receptiveFields.ts';
import { Recent } from '../foundation/Recent.ts';
import { TopImages, type Excitation } from './topImages.ts';

const maxBytes = 50e6;
const bytesOfOne = 64;

interface Scan {
  images: number;
  /** For each channel. */
  top: readonly (readonly Excitation[])[];
}

/** Finds what excites a unit most; one pass over the images serves all units of the layer, and its result is kept. */
export class Excitations {
  readonly #scans = new Recent<Scan>(maxBytes);

  /** @throws WorkbenchError `layer-unknown`, `unit-unknown`, `image-unreadable` if no image can be read */
  async answer(weights: Weights, question: About<'topImages'>, pace: Pace): Promise<Answer> {
    const { field } = requireUnits(weights.parameters, question.layer, [question.unit]);
    const { images, top } = await this.#scan(weights, question, pace);
    const found = [];
    for (const { image, value, row, column } of (top[question.unit] ?? []).slice(0, question.count)) {
      const source = question.images[image];
      if (!source) throw new Error(`There is no image ${image} among those given.`);
      const crop = await cropFor(weights, question, source);
      const region = regionSeen(field, { row, column }, crop.width);
      found.push({ image, value, row, column, region, patch: await encodePng(cutOut(crop, region)) });
    }
    return { about: 'topImages', images, found };
  }

  close(): void {
    this.#scans.clear();
  }

  #scan(weights: Weights, question: About<'topImages'>, pace: Pace): Promise<Scan> {
    const { scale, deviation, imagesKey, layer } = question;
    const key = JSON.stringify([weights.key, scale, deviation, imagesKey, layer]);
    return this.#scans.get(key, async () => {
      const found = new TopImages();
      const images = await forEachBatch(weights, question, pace, (tensor, places) => {
        using output = outputOf(weights.parameters, tensor, layer);
        found.see(output, places);
      });
      const top = found.get();
      const bytes = bytesOfOne * top.reduce((sum, each) => sum + each.length, 0);
      return { value: { images, top }, bytes };
    });
  }
}
