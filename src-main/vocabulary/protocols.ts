import { z } from 'zod';
import { testScalesSchema } from './scales.ts';

/** How a test image is scored (Sect. 3.2 and Table 5). The smaller grids of crops are not the paper's. */
export const protocols = [
  'dense',
  'centre-crop',
  'multi-crop',
  'multi-crop+dense',
  'multi-crop-2x2',
  'multi-crop-3x3',
] as const;
export type Protocol = (typeof protocols)[number];

/** Those that stand side by side: the three of Table 5, and the centre crop alone. */
export const comparedProtocols = [
  'dense',
  'centre-crop',
  'multi-crop',
  'multi-crop+dense',
] as const satisfies Protocol[];

/** Crops along each side of the grid: the paper's has 25 crops, 50 with the flip (Sect. 3.2). */
export const gridSides = { 'multi-crop': 5, 'multi-crop-2x2': 2, 'multi-crop-3x3': 3 } as const;

/** Where the score map is averaged over space; the paper averages it before the softmax (Sect. 3.2). */
export const averages = ['before-softmax', 'after-softmax'] as const;

/** Everything an error rate depends on besides the weights and the images: no number is shown without it. */
export const evaluationProtocolSchema = z.object({
  protocol: z.enum(protocols),
  average: z.enum(averages),
  /** Whether the mirrored image is scored, too, and the two averaged. */
  horizontalFlip: z.boolean(),
  testScales: testScalesSchema,
});
export type EvaluationProtocol = z.infer<typeof evaluationProtocolSchema>;

type Scoring = Pick<EvaluationProtocol, 'protocol' | 'average' | 'horizontalFlip'>;

/** `dense, score map averaged before softmax, with flip`: all but the scales. Only a score map is averaged. */
export function scoringText({ protocol, average, horizontalFlip }: Scoring): string {
  return [
    protocol,
    ...(protocol.includes('dense')
      ? [`score map averaged ${average === 'before-softmax' ? 'before' : 'after'} softmax`]
      : []),
    horizontalFlip ? 'with flip' : 'without flip',
  ].join(', ');
}

/** The same with the checkpoint: `dense, score map averaged before softmax, with flip, best checkpoint`. */
export function protocolText(scoring: Scoring & { checkpoint: string }): string {
  return `${scoringText(scoring)}, ${scoring.checkpoint} checkpoint`;
}
