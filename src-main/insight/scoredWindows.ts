import { passesOf, type Pass } from '../configuration/evaluations.ts';
import { decodedImageOf } from '../data/oneImage.ts';
import { rescale } from '../data/rescale.ts';
import type { RgbImage } from '../data/RgbImage.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import { meanPosteriors } from '../evaluation/meanPosteriors.ts';
import { posteriors } from '../evaluation/posterior.ts';
import { topClasses } from '../evaluation/predictions.ts';
import { placeInOriginal, type PlaceInOriginal } from '../evaluation/windows.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { Network } from '../vgg/Network.ts';
import type { Weights } from './Checkpoints.ts';
import type { Pace } from './Pace.ts';
import type { About, AnswerTo, Question } from './questions.ts';

type Asked = About<'scoredWindows'>;
type Answer = AnswerTo<Extract<Question, { about: 'scoredWindows' }>>;

/** The windows of one pass at one scale, each with its posteriors of all classes, and what they average to. */
interface ScoredPass {
  pass: Pass;
  testScale: number;
  posteriors: Float32Array;
  windows: (PlaceInOriginal & { mirrored: boolean; posteriors: Float32Array })[];
}

/**
 * How an evaluation scores one image by each protocol at each Q: every window that it averages, with its place in the
 * image, and the averages. It is the evaluation's own pass that is watched. It gives the posteriors of the five classes
 * that are the most probable by all passes together, of the one that each average predicts, and of one that is asked for.
 *
 * @throws WorkbenchError `image-unreadable`, `scale-below-crop`
 */
export async function scoredWindowsOf(weights: Weights, question: Asked, pace: Pace): Promise<Answer> {
  const { protocols, testScales, label } = question;
  requireRoom(testScales, weights.parameters.architecture.crop);
  const image = await decodedImageOf(question.image);
  const ways = passesAt(protocols, testScales);
  const scored: ScoredPass[] = [];
  for (const way of ways) {
    scored.push(scorePass(weights, question, image, way));
    await pace.after(scored.length, ways.length);
  }
  const averages = averagesOf(question, scored);
  const labels = labelsOf(scored, averages, label);
  const ofLabels = <Scored extends { posteriors: Float32Array }>(one: Scored) => ({
    ...one,
    posteriors: labels.map((each) => one.posteriors[each] ?? NaN),
  });
  return {
    about: 'scoredWindows',
    width: image.width,
    height: image.height,
    labels,
    passes: scored.map((one) => ({ ...ofLabels(one), windows: one.windows.map(ofLabels) })),
    averages: averages.map(ofLabels),
  };
}

interface Posteriors {
  posteriors: Float32Array;
}

function labelsOf(
  scored: readonly Posteriors[],
  averages: readonly Posteriors[],
  label: number | null,
): number[] {
  const together = topClasses(meanPosteriors(scored.map((one) => one.posteriors)));
  const predicted = averages.flatMap((one) => topClasses(one.posteriors).slice(0, 1));
  const asked = label === null ? [] : [label];
  return [...new Set([...[...together, ...predicted].map((one) => one.label), ...asked])];
}

function passesAt(protocols: Asked['protocols'], testScales: readonly number[]) {
  const passes = [...new Set(protocols.flatMap(passesOf))];
  return testScales.flatMap((testScale) => passes.map((pass) => ({ pass, testScale })));
}

function scorePass(
  { parameters, mean }: Weights,
  { average, horizontalFlip, deviation }: Asked,
  original: RgbImage,
  { pass, testScale }: { pass: Pass; testScale: number },
): ScoredPass {
  const { crop } = parameters.architecture;
  const rescaled = rescale(original, testScale);
  const offsets = Float32Array.from(mean, (value) => -value);
  using input = imagesFromPixels(rescaled.data, [1, rescaled.height, rescaled.width], offsets, deviation);
  const windows: ScoredPass['windows'] = [];
  using result = posteriors(new Network(parameters), input, crop, {
    pass,
    average,
    horizontalFlip,
    see: (seen, place, mirrored) => {
      const side = placeInOriginal({ ...place, mirrored }, crop, rescaled, original);
      windows.push({ ...side, mirrored, posteriors: Float32Array.from(seen.dataSync<'float32'>()) });
    },
  });
  return { pass, testScale, posteriors: Float32Array.from(result.dataSync<'float32'>()), windows };
}

/** By each protocol: at each scale, and over all of them if there are several. */
function averagesOf({ protocols, testScales }: Asked, scored: readonly ScoredPass[]) {
  const choices = testScales.length > 1 ? [...testScales.map((scale) => [scale]), testScales] : [testScales];
  return protocols.flatMap((protocol) =>
    choices.map((scales) => {
      const parts = passesOf(protocol).flatMap((pass) =>
        scales.flatMap((scale) => scored.filter((one) => one.pass === pass && one.testScale === scale)),
      );
      return { protocol, testScales: scales, posteriors: meanPosteriors(parts.map((one) => one.posteriors)) };
    }),
  );
}

function requireRoom(testScales: readonly number[], crop: number): void {
  const short = testScales.find((scale) => scale < crop);
  if (short === undefined) return;
  throw new WorkbenchError(
    'scale-below-crop',
    `Images of smallest side Q = ${short} have no room for a crop of ${crop}.`,
    'Choose test scales no smaller than the crop.',
  );
}
