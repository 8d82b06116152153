/** Colours that stay apart for the colour-blind (after Paul Tol), each with dashes as a second sign. */
const colours = [
  '#0077bb',
  '#ee7733',
  '#009988',
  '#cc3311',
  '#33bbee',
  '#ee3377',
  '#997700',
  '#888888',
] as const;
const dashes: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 3],
  [9, 3, 2, 3],
  [4, 4],
  [12, 4],
  [2, 2, 6, 2],
  [1, 3],
];

export interface SeriesStyle {
  colour: string;
  /** Lengths of strokes and gaps, in pixels; empty for a whole line. */
  dash: readonly number[];
}

/**
 * Of the nth of several things that are shown together; a run's own colour goes before the palette's. It may come from a
 * record of another version, so only what is a colour counts.
 */
export function seriesStyle(index: number, own: string | null = null): SeriesStyle {
  return {
    colour:
      (own !== null && /^#[\da-f]{6}$/i.test(own) ? own : undefined) ??
      colours[index % colours.length] ??
      colours[0],
    dash: dashes[index % dashes.length] ?? [],
  };
}
