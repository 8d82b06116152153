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

interface Judged {
  kind: ClaimKind;
  verdict: ClaimVerdict;
}

/** How many claims have each verdict: by what runs measured, and by counting alone, since the nets themselves decide them. */
export function verdictCounts(
  claims: readonly Judged[],
): { verdict: ClaimVerdict; measured: number; counted: number }[] {
  return claimVerdicts.map((verdict) => {
    const having = claims.filter((claim) => claim.verdict === verdict);
    const counted = having.filter(({ kind }) => kind === 'computed').length;
    return { verdict, measured: having.length - counted, counted };
  });
}

/** {@link verdictCounts} as a text: `4 hold, 1 contradicted, 14 undecided; by counting alone 6 hold`. */
export function verdictsText(claims: readonly Judged[]): string {
  const counts = verdictCounts(claims);
  const measured = countsText(counts.map(({ verdict, measured: count }) => ({ verdict, count })));
  const counted = countsText(counts.map(({ verdict, counted: count }) => ({ verdict, count })));
  const parts = [measured, ...(counted === '' ? [] : [`by counting alone ${counted}`])];
  return parts.filter((part) => part !== '').join('; ') || 'no claims';
}

function countsText(counts: readonly { verdict: ClaimVerdict; count: number }[]): string {
  return counts
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict === 'holds' && count > 1 ? 'hold' : words[verdict]}`)
    .join(', ');
}
