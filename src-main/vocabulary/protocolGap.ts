import { gridSides, type EvaluationProtocol, type Protocol } from './protocols.ts';
import { sameScales } from './scales.ts';

/** Points of top-1 error by which dense and multi-crop evaluation of the same weights may differ: the paper's differ by 0.4. */
const most = 3;

/**
 * The receptive field of the last map of A, the shallowest of the paper's nets, in pixels. At a smaller crop every window of
 * every net was trained with padding where dense evaluation has more of the image (docs/reading-notes.md).
 */
const leastCropForDense = 150;

const reason = 'at crops so small dense evaluation shows a net what it was not trained on';

/** What to know before scoring densely at a small crop; null where dense evaluation is as in the paper, and for others. */
export function denseNote(crop: number, protocol: Protocol): string | null {
  const isDense = protocol === 'dense' || protocol === 'multi-crop+dense';
  if (!isDense || crop >= leastCropForDense) return null;
  return `${protocol} evaluation at crop ${crop}: ${reason}; take the crops, as with evaluation.protocol=multi-crop-3x3`;
}

/** An error with all that it depends on but the weights. */
interface Scored extends Omit<EvaluationProtocol, 'testScales'> {
  testScales: readonly number[];
  checkpoint: string;
  /** Of the weights, where one run was scored at several. */
  step?: number;
  dataset: string;
  top1Error: number;
}

/** Two evaluations of the same weights, one dense and one by a grid of crops, that do not agree. */
export interface ProtocolGap {
  dense: number;
  crops: number;
  protocol: Protocol;
  testScales: readonly number[];
}

/** The widest gap of more than 3 points between dense and multi-crop evaluations of one net; undefined if there is none. */
export function protocolGap(evaluations: readonly Scored[]): ProtocolGap | undefined {
  return evaluations
    .filter(({ protocol }) => protocol === 'dense')
    .flatMap((dense) =>
      evaluations
        .filter((other) => other.protocol in gridSides && isAlike(dense, other))
        .map(({ protocol, testScales, top1Error }) => ({
          dense: dense.top1Error,
          crops: top1Error,
          protocol,
          testScales,
        })),
    )
    .filter((gap) => widthOf(gap) > most)
    .toSorted((one, other) => widthOf(other) - widthOf(one))[0];
}

/** In percentage points. */
export function widthOf({ dense, crops }: Pick<ProtocolGap, 'dense' | 'crops'>): number {
  return Math.abs(dense - crops);
}

/** `dense 52.6 % and multi-crop 31.9 % at Q 96 are of the same weights: …` */
export function protocolGapText({ dense, crops, protocol, testScales }: ProtocolGap): string {
  return `dense ${dense.toFixed(1)} % and ${protocol} ${crops.toFixed(1)} % at Q ${testScales.join(',')} are of the same weights: ${reason}; take the crops`;
}

function isAlike(one: Scored, other: Scored): boolean {
  return (
    one.horizontalFlip === other.horizontalFlip &&
    one.checkpoint === other.checkpoint &&
    one.step === other.step &&
    one.dataset === other.dataset &&
    sameScales(one.testScales, other.testScales)
  );
}
