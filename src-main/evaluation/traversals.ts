import { passesOf, type Pass, type RequestedEvaluation } from '../configuration/evaluations.ts';

/** One traversal of all images at one scale: whole images, or their central crops. */
export interface Traversal {
  testScale: number;
  whole: boolean;
  /** The passes computed for each image. */
  passes: Pass[];
}

/** The traversals needed for all requested evaluations: passes that use the same images share one. */
export function traversalsOf(requested: readonly RequestedEvaluation[]): Traversal[] {
  const scales = [...new Set(requested.flatMap(({ testScales }) => testScales))];
  return scales.flatMap((testScale) => {
    const asked = requested.filter(({ testScales }) => testScales.includes(testScale));
    const passes = [...new Set(asked.flatMap(({ protocol }) => passesOf(protocol)))];
    return [true, false]
      .map((whole) => ({ testScale, whole, passes: passes.filter((pass) => seesWhole(pass) === whole) }))
      .filter((traversal) => traversal.passes.length > 0);
  });
}

function seesWhole(pass: Pass): boolean {
  return pass !== 'centre-crop';
}
