import type { RgbImage } from '../data/RgbImage.ts';
import { encodePng } from '../data/oneImage.ts';
import type { Weights } from './Checkpoints.ts';
import type { ClassScore } from './classScore.ts';
import { gradCam } from './gradCam.ts';
import { blend, heatPicture, rangeOf } from './heatPicture.ts';
import { requireLayer } from './layerNamed.ts';
import { occlusion } from './occlusion.ts';
import type { Pace } from './Pace.ts';
import { cropFor, tensorOf } from './prepare.ts';
import type { About, Answer } from './questions.ts';
import type { FloatMap } from './resample.ts';

/** @throws WorkbenchError `layer-unknown`, `class-unknown`, `image-unreadable` */
export async function gradCamOf(weights: Weights, question: About<'gradCam'>): Promise<Answer> {
  const { parameters } = weights;
  const maps = parameters.layers.filter((layer) => layer.kind !== 'fc' && layer.kind !== 'average');
  const last = maps.findLast(({ kind }) => kind === 'conv' || kind === 'add')?.name ?? '';
  const { name } = requireLayer(maps, question.layer ?? last);
  const crop = await cropFor(weights, question, question.image);
  using image = tensorOf(weights, question, [crop]);
  const map = gradCam(parameters, image, name, question.label);
  return { about: 'gradCam', layer: name, ...(await drawn(map, crop)) };
}

/** @throws WorkbenchError `occlusion-does-not-fit`, `class-unknown`, `image-unreadable` */
export async function occlusionOf(
  weights: Weights,
  question: About<'occlusion'>,
  pace: Pace,
): Promise<Answer> {
  const crop = await cropFor(weights, question, question.image);
  using image = tensorOf(weights, question, [crop]);
  const map = await occlusion(weights.parameters, image, question, pace);
  const { side, stride } = map;
  return { about: 'occlusion', side, stride, ...(await drawn(map, crop)) };
}

async function drawn(found: ClassScore & { map: FloatMap; overInput: Float32Array }, input: RgbImage) {
  const { label, logit, posterior, map, overInput } = found;
  const { height, width, values } = map;
  const heat = heatPicture(overInput, input.width, input.height);
  return {
    label,
    logit,
    posterior,
    height,
    width,
    values: new Uint8Array(values.slice().buffer),
    ...rangeOf(overInput),
    input: await encodePng(input),
    heat: await encodePng(heat),
    overlay: await encodePng(blend(input, heat)),
  };
}
