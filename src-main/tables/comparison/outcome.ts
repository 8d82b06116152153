import type { Learning } from '../../vocabulary/learning.ts';

/** For one seed `learns since step 41`; for several how many did what. */
export function outcomeText(outcomes: readonly Learning[]): string {
  const [only, second] = outcomes;
  if (only !== undefined && second === undefined) return sentence(only);
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const same = outcomes.filter((outcome) => outcome.kind === kind);
      const steps = same.flatMap(({ step }) => (step === null ? [] : [step]));
      const when = steps.length === 0 ? '' : ` ${prepositions[kind]} ${range(steps)}`;
      return `${kind === 'learns' ? 'learn' : kind}${when} (${same.length} of ${outcomes.length})`;
    })
    .join(', ');
}

const prepositions = { learns: 'since step', stalled: 'since step', diverged: 'at step' } as const;

function sentence({ kind, step }: Learning): string {
  if (step === null) return kind === 'stalled' ? 'stalled from the start' : kind;
  return `${kind} ${prepositions[kind]} ${step}`;
}

function range(steps: readonly number[]): string {
  const [least, most] = [Math.min(...steps), Math.max(...steps)];
  return least === most ? String(least) : `${least}–${most}`;
}
