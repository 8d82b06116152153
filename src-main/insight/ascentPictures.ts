import { encodePng } from '../data/oneImage.ts';
import { ascend } from './ascent.ts';
import type { Weights } from './Checkpoints.ts';
import { requireUnits } from './layerNamed.ts';
import type { Pace } from './Pace.ts';
import { cutOut } from './cutOut.ts';
import type { About, Answer } from './questions.ts';
import { centreOf, regionSeen } from './receptiveFields.ts';

/**
 * Images that excite units, as pictures. For a unit at the centre, only the part of the image that it sees.
 *
 * @throws WorkbenchError `layer-unknown`, `unit-unknown`
 */
export async function ascentOf(
  { parameters, mean }: Weights,
  question: About<'ascent'>,
  pace: Pace,
): Promise<Answer> {
  const { layer, shape, field } = requireUnits(parameters, question.layer, question.units);
  const { crop } = parameters.architecture;
  const [height, width] = shape;
  const region =
    question.goal === 'centre'
      ? regionSeen(field, centreOf([height, width]), crop)
      : { left: 0, top: 0, width: crop, height: crop };
  const { deviation, units } = question;
  const ascended = await ascend({ parameters, mean, deviation, layer, shape, units }, question, pace);
  const images = ascended.map(async ({ pixels, ...about }) => {
    const data = Uint8Array.from(pixels, (value) => Math.round(value));
    const picture = cutOut({ data, width: crop, height: crop }, region);
    const { width, height } = region;
    return { ...about, width, height, picture: await encodePng(picture) };
  });
  return { about: 'ascent', images: await Promise.all(images) };
}
