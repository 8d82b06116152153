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

/**
 * `4 hold, 1 contradicted, 14 undecided; by counting alone 6 hold`: how many claims have each verdict, those that follow
 * from the nets alone by themselves.
 */
export function verdictsText(claims: readonly { kind: ClaimKind; verdict: ClaimVerdict }[]): string {
  const counted = countsText(claims.filter(({ kind }) => kind === 'computed'));
  const measured = countsText(claims.filter(({ kind }) => kind !== 'computed'));
  const parts = [measured, ...(counted === '' ? [] : [`by counting alone ${counted}`])];
  return parts.filter((part) => part !== '').join('; ') || 'no claims';
}

function countsText(claims: readonly { verdict: ClaimVerdict }[]): string {
  const counts = claimVerdicts.flatMap((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    if (count === 0) return [];
    return [`${count} ${verdict === 'holds' && count > 1 ? 'hold' : words[verdict]}`];
  });
  return counts.join(', ');
}
