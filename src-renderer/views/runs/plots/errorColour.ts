/** Cividis (Nuñez, Anderton and Renslow, 2018) at a few places, without its ends, which vanish in one theme each. */
export const errorColours = ['#2f5c9c', '#5c6e91', '#7d8186', '#a69d75', '#cfb95a'] as const;

/** Of a place on the last axis: blue for the least, yellow for the greatest; grey where there is none. */
export function errorColour(place: number | null): string {
  if (place === null) return '#888888';
  return (
    errorColours[Math.min(errorColours.length - 1, Math.floor(place * errorColours.length))] ??
    errorColours[0]
  );
}
