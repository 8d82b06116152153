/** How images are made that excite units. */
export interface AscentSettings {
  units: number[];
  goal: 'map' | 'centre';
  steps: number;
  seed: number;
  /** Of a step, in grey levels of 0–255. */
  rate: number;
  /** Share by which the image falls back to the mean colour at each step, 0–1. */
  decay: number;
  /** Steps from one blurring to the next; 0 for none. */
  blurEvery: number;
  /** Most pixels moved before a step. */
  jitter: number;
}

/** How an ascent goes, and what keeps its images natural. */
export type Climbing = Omit<AscentSettings, 'units' | 'goal'>;
export const defaultClimbing: Climbing = {
  steps: 64,
  seed: 1,
  rate: 6,
  decay: 0.01,
  blurEvery: 4,
  jitter: 2,
};

/** The numbers of a climbing as a form asks for them; the first two at once. */
export const climbingFields: readonly {
  name: keyof Climbing;
  title: string;
  least: number;
  most?: number;
  step: number | 'any';
}[] = [
  { name: 'steps', title: 'Steps', least: 1, most: 2000, step: 1 },
  { name: 'seed', title: 'Seed', least: 0, step: 1 },
  { name: 'rate', title: 'Grey levels a step', least: 0.1, most: 255, step: 'any' },
  { name: 'decay', title: 'Decay', least: 0, most: 0.99, step: 'any' },
  { name: 'blurEvery', title: 'Steps between blurrings, 0 for none', least: 0, step: 1 },
  { name: 'jitter', title: 'Jitter in pixels', least: 0, most: 16, step: 1 },
];

/** The units of a text such as `0-7,12` that a layer has; null where the text names none or too many. */
export function unitsOf(text: string, channels: number): number[] | null {
  const units: number[] = [];
  for (const part of text.split(',')) {
    const bounds = /^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/.exec(part);
    if (!bounds) return null;
    const first = Number(bounds[1]);
    const last = Number(bounds[2] ?? first);
    if (last < first || last >= channels || last - first >= maxUnits) return null;
    for (let unit = first; unit <= last; unit++) units.push(unit);
  }
  return units.length <= maxUnits ? units : null;
}

/** So many are made at once. */
export const maxUnits = 64;
