/** How test images are scored, as far as it is said in words; the scales are said beside it. */
export interface Scoring {
  protocol: string;
  average: string;
  horizontalFlip: boolean;
}

/** `dense, score map averaged before softmax, with flip`: a sentence's part. Only a score map is averaged. */
export function scoringText({ protocol, average, horizontalFlip }: Scoring): string {
  return [
    protocol,
    ...(protocol.includes('dense')
      ? [`score map averaged ${average === 'before-softmax' ? 'before' : 'after'} softmax`]
      : []),
    horizontalFlip ? 'with flip' : 'without flip',
  ].join(', ');
}

/** The whole protocol: `dense, score map averaged before softmax, with flip, best checkpoint`. */
export function protocolText(settings: Scoring & { checkpoint: string }): string {
  return `${scoringText(settings)}, ${settings.checkpoint} checkpoint`;
}
