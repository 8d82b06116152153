/** How images are made that excite units. */
export interface AscentSettings {
  units: number[];
  goal: 'map' | 'centre';
  steps: number;
  seed: number;
}

/** The units of a text such as `0-7,12` that a layer has; null where the text names none or too many. */
export function unitsOf(text: string, channels: number): number[] | null {
  const units: number[] = [];
  for (const part of text.split(',')) {
    const bounds = /^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/.exec(part);
    if (!bounds) return null;
    const first = Number(bounds[1]);
    const last = Number(bounds[2] ?? first);
    if (last < first || last >= channels || last - first >= mostUnits) return null;
    for (let unit = first; unit <= last; unit++) units.push(unit);
  }
  return units.length <= mostUnits ? units : null;
}

/** So many are made at once. */
export const mostUnits = 64;
