import { z } from 'zod';
import { testScalesSchema } from './scales.ts';

/** How a test image is scored (Sect. 3.2 and Table 5). */
export const protocols = ['dense', 'centre-crop', 'multi-crop', 'multi-crop+dense'] as const;
export type Protocol = (typeof protocols)[number];

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
