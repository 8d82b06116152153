import type { ClaimVerdict } from '../../../src-main/vocabulary/claims.ts';
import { durationText } from '../../../src-main/vocabulary/durations.ts';
import { differenceRangeText, differenceText } from '../../../src-main/vocabulary/percentages.ts';
import { trainingOf } from '../../../src-main/vocabulary/runKey.ts';
import type { JudgedClaim, StudyPreview } from '../../../src-main/workbench/contract.ts';

const sectionTitles: Readonly<Record<string, string>> = {
  '2.3': 'Small filters',
  '3.1': 'What makes deep nets learn',
  '4.1': 'One scale: what depth brings',
  '4.2': 'Several scales',
  '4.3': 'Several crops',
  '4.4': 'Several nets',
};

/** What no section of the paper claims. */
const otherTitles: Readonly<Record<string, string>> = {
  after: 'After the paper',
  own: 'Your own',
  '': 'Your own',
};

/** What a section of the paper is about; another that a person's own claims name is called by its own name. */
export function sectionTitle(section: string): string {
  const title = sectionTitles[section];
  return title === undefined ? (otherTitles[section] ?? section) : `Sect. ${section} · ${title}`;
}

export function bySection(claims: readonly JudgedClaim[]): { section: string; claims: JudgedClaim[] }[] {
  const sections = [...new Set(claims.map(({ section }) => section))];
  return sections.map((section) => ({
    section,
    claims: claims.filter((claim) => claim.section === section),
  }));
}

const tones = {
  holds: 'good',
  contradicted: 'bad',
  undecided: 'warn',
  'not-run': 'neutral',
  'not-comparable': 'neutral',
} as const satisfies Record<ClaimVerdict, string>;
export type VerdictTone = (typeof tones)[ClaimVerdict];

export function toneOf(verdict: ClaimVerdict): VerdictTone {
  return tones[verdict];
}

/** How one would test a claim: what is to be trained and scored, and what then decides. */
export function howTested({ kind, sides, margin }: JudgedClaim): string {
  const names = sides.map(({ label }) => label).join(kind === 'ordered' ? ', ' : ' and ');
  switch (kind) {
    case 'computed':
      return 'By counting alone: nothing is trained.';
    case 'less':
      return `Train ${names} alike, score them on the same images, and compare them image by image (McNemar).`;
    case 'ordered':
      return `Train ${names} alike, score them on the same images, and compare each with the next.`;
    case 'equal':
      return `Train ${names} alike, score them on the same images, and see whether the whole interval of their difference lies within ${margin ?? 0} points (two one-sided tests).`;
  }
}

/** The comparison whose runs a claim is about; null for a claim of the paper's tables. */
export function comparisonOf({ sides }: JudgedClaim): string | null {
  const runs = sides.flatMap(({ run, table }) => (table === null && run?.includes(': ') ? run : []));
  return runs[0]?.split(': ')[0] ?? null;
}

/** Where a study that answers a claim is set up. */
export function studyAddress(claim: JudgedClaim): string {
  const comparison = comparisonOf(claim);
  return `/new?what=study${comparison === null ? '' : `&compare=${encodeURIComponent(comparison)}`}`;
}

/** The runs behind a claim, each once. */
export function runsOf({ sides }: JudgedClaim): { id: string; key: string; converged: string | null }[] {
  const runs = sides.flatMap((side) => side.runs);
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

/** Where one sees why: curves, layers and maps of the runs beside each other, and the nets. */
export function reasonLinks(claim: JudgedClaim): { title: string; address: string }[] {
  const ids = runsOf(claim).map(({ id }) => id);
  const nets = [...new Set(claim.sides.flatMap(({ net }) => (net === null || net.includes('+') ? [] : net)))];
  const compared = `/compare/${ids.slice(0, 8).join(',')}`;
  return [
    ...(ids.length > 1
      ? [
          { title: 'Curves', address: compared },
          { title: 'Gradients by layer', address: `${compared}?statistics=open` },
          { title: 'Feature maps', address: `${compared}?maps=open` },
        ]
      : []),
    ...(nets.length === 2
      ? [{ title: 'The nets', address: `/networks?left=${nets[0] ?? ''}&right=${nets[1] ?? ''}` }]
      : []),
  ];
}

/**
 * Seconds that trainings take, with those that they start from; null if that of one is not known.
 *
 * @param trainings keys with or without seeds: `D@256`
 */
export function costOf(trainings: readonly string[], planned: StudyPreview['runs']): number | null {
  const needed = new Set<string>();
  const add = (key: string | null) => {
    const run = planned.find((each) => each.key === key);
    if (!run || needed.has(run.key)) return;
    needed.add(run.key);
    add(run.dependsOn);
  };
  const asked = trainings.map(trainingOf);
  for (const { key } of planned) if (asked.includes(trainingOf(key))) add(key);
  const seconds = planned.filter(({ key }) => needed.has(key)).map((run) => run.seconds);
  if (seconds.length === 0 || seconds.includes(null)) return null;
  return seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

export function costText(seconds: number | null): string {
  return seconds === null ? '' : `about ${durationText(seconds)}`;
}

/** `−1.20, −2.90 to +0.50`: the difference and its interval; of a computed claim, both counts. */
export function effectText({ kind, effect, low, high, sides }: JudgedClaim): string {
  if (kind === 'computed') return sides.map(({ label, error }) => `${label}: ${error ?? ''}`).join(', ');
  if (effect === null) return '';
  if (low === null || high === null) return differenceText(effect);
  return `${differenceText(effect)}, ${differenceRangeText(low, high)}`;
}
