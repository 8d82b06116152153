import { z } from 'zod';

/** How the training of a net ended, judged by its own curves. The first that holds counts, in this order. */
export const convergences = [
  'diverged',
  'stalled',
  'improving',
  'schedule-ended',
  'overfitting',
  'rate-never-dropped',
  'converged',
] as const;

/** By what it is judged. */
export const convergenceBounds = {
  /** Fewer validations say nothing. */
  fewestValidations: 3,
  /** The last third of the validations is looked at, from the fewest to so many. */
  mostInWindow: 10,
  /** Points of error that count as improvement, whatever the number of images. */
  leastFall: 0.5,
  /** A scheduled rate has come to its end at this share of the first. */
  endOfSchedule: 0.1,
  /** How far above its lowest a validation loss is when a net overfits. */
  risen: 1.1,
} as const;

/**
 * - `diverged`: a loss was no longer a finite number.
 * - `stalled`: at the end the loss is that of chance.
 * - `improving`: the validation error still fell over the last validations.
 * - `schedule-ended`: the same, but the learning rate had come to 0 by its schedule: only a longer schedule would go on.
 * - `overfitting`: the validation loss has risen since, while training went on.
 * - `rate-never-dropped`: neither; but the learning rate is the first one still, and a lower one might help.
 * - `converged`: the validation error fell no further, at a learning rate that had fallen.
 */
export const convergenceSchema = z.object({
  kind: z.enum(convergences),
  /** Points of top-1 validation error that one epoch took away, over the last validations; null if there are too few. */
  pointsPerEpoch: z.number().nullable(),
  /** Top-1 error of the last training batches in %, with dropout and shifted crops. */
  trainError: z.number().nullable(),
});
export type Convergence = z.infer<typeof convergenceSchema>;

/** Endings after which the error does not speak of the net at all. */
export const endingsTooEarly: readonly Convergence['kind'][] = ['diverged', 'stalled', 'improving'];

/** Endings at which training had not converged: after the last one, the error speaks of nets trained for so many epochs. */
export const endingsNotConverged: readonly Convergence['kind'][] = [...endingsTooEarly, 'schedule-ended'];

const words = {
  diverged: 'diverged',
  stalled: 'stalled',
  improving: 'still improving',
  'schedule-ended': 'schedule ended',
  overfitting: 'overfitting',
  'rate-never-dropped': 'rate never dropped',
  converged: 'converged',
} as const satisfies Record<Convergence['kind'], string>;

const { fewestValidations, mostInWindow, leastFall, endOfSchedule, risen } = convergenceBounds;
const judged = `the last third of the validations (${fewestValidations} to ${mostInWindow})`;
const stillFell = `over ${judged} the top-1 validation error fell along a straight line by more than ${leastFall} points, and by more than the standard error of one such error`;

/** When a training is called so; the first that holds counts. */
const rules = {
  diverged: 'a loss was no longer a finite number',
  stalled: 'the median training loss of the last 20 steps is not below 95 % of that of chance',
  improving: `${stillFell}, and no schedule had brought the learning rate to its end`,
  'schedule-ended': `${stillFell}, but its schedule had brought the learning rate to ${endOfSchedule} of the first or less: only a longer schedule would go on`,
  overfitting: `the mean validation loss over ${judged} is more than ${risen} times the lowest`,
  'rate-never-dropped':
    'none of these, but the learning rate is still the first one, and a lower one might help',
  converged: 'none of these, at a learning rate that had fallen',
} as const satisfies Record<Convergence['kind'], string>;

/** `Still improving: over the last third …`: why this training is called so. */
export function convergenceRule(kind: Convergence['kind']): string {
  const [first = '', ...rest] = words[kind];
  return `${first.toUpperCase()}${rest.join('')}: ${rules[kind]}.`;
}

/** All of them, one a line, and what it means that nothing is said. */
export const convergenceRules = [
  ...convergences.map(convergenceRule),
  `Nothing is said of a training that is not over, was interrupted or had fewer than ${fewestValidations} validations, unless it stalled or diverged.`,
].join('\n');

/** `still improving, 1.2 points an epoch`, `schedule ended, still 1.2 points an epoch` */
export function convergenceText({
  kind,
  pointsPerEpoch,
}: Pick<Convergence, 'kind' | 'pointsPerEpoch'>): string {
  if (pointsPerEpoch === null) return words[kind];
  const fall = `${pointsPerEpoch.toFixed(1)} points an epoch`;
  if (kind === 'improving') return `${words[kind]}, ${fall}`;
  return kind === 'schedule-ended' ? `${words[kind]}, still ${fall}` : words[kind];
}

/** The same with the training error: `converged (training error 12.5 %)`. */
export function convergenceSentence(convergence: Convergence): string {
  const { trainError } = convergence;
  const beside = trainError === null ? '' : ` (training error ${trainError.toFixed(1)} %)`;
  return `${convergenceText(convergence)}${beside}`;
}

/** Of several trainings, one for each net and seed: `converged`, or `1 of 3 still improving, 2 of 3 converged`. */
export function convergencesText(all: readonly Pick<Convergence, 'kind' | 'pointsPerEpoch'>[]): string {
  const [only, second] = all;
  if (only !== undefined && second === undefined) return convergenceText(only);
  const counts = convergences
    .map((kind) => ({ kind, count: all.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0);
  const [same] = counts;
  if (same?.count === all.length) return words[same.kind];
  return counts.map(({ kind, count }) => `${count} of ${all.length} ${words[kind]}`).join(', ');
}
