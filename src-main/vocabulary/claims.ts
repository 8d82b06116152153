/** What a claim says of its sides; see `src-main/claims/definition.ts`. */
export const claimKinds = ['less', 'equal', 'ordered', 'computed'] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** What runs say of a claim. */
export const claimVerdicts = ['holds', 'contradicted', 'undecided', 'not-run', 'not-comparable'] as const;
export type ClaimVerdict = (typeof claimVerdicts)[number];

const words = {
  holds: 'holds',
  contradicted: 'contradicted',
  undecided: 'undecided',
  'not-run': 'not run',
  'not-comparable': 'not comparable',
} as const satisfies Record<ClaimVerdict, string>;

export function verdictText(verdict: ClaimVerdict): string {
  return words[verdict];
}

/** `2 hold, 1 contradicted, 14 undecided, 3 not run`: how many claims have each verdict, those that some have. */
export function verdictsText(verdicts: readonly ClaimVerdict[]): string {
  const counts = claimVerdicts.flatMap((verdict) => {
    const count = verdicts.filter((one) => one === verdict).length;
    if (count === 0) return [];
    return [`${count} ${verdict === 'holds' && count > 1 ? 'hold' : words[verdict]}`];
  });
  return counts.join(', ') || 'no claims';
}
