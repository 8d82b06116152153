import { passesOf, type Pass, type WantedEvaluation } from '../configuration/evaluations.ts';

/** One walk over all images at one scale: whole images, or their central crops. */
export interface Walk {
  testScale: number;
  whole: boolean;
  /** What is computed of each image. */
  passes: Pass[];
}

/** The walks that answer everything that is wanted: passes that see the same images share one. */
export function walksOf(wanted: readonly WantedEvaluation[]): Walk[] {
  const scales = [...new Set(wanted.flatMap(({ testScales }) => testScales))];
  return scales.flatMap((testScale) => {
    const asked = wanted.filter(({ testScales }) => testScales.includes(testScale));
    const passes = [...new Set(asked.flatMap(({ protocol }) => passesOf(protocol)))];
    return [true, false]
      .map((whole) => ({ testScale, whole, passes: passes.filter((pass) => seesWhole(pass) === whole) }))
      .filter((walk) => walk.passes.length > 0);
  });
}

function seesWhole(pass: Pass): boolean {
  return pass !== 'centre-crop';
}
