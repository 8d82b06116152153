/** Cividis (Nuñez, Anderton and Renslow, 2018) at a few places, without its ends, which vanish in one theme each. */
const colours = ['#2f5c9c', '#5c6e91', '#7d8186', '#a69d75', '#cfb95a'] as const;

/** Of a place on the last axis: blue for the least, yellow for the greatest; grey where there is none. */
export function errorColour(place: number | null): string {
  if (place === null) return '#888888';
  return colours[Math.min(colours.length - 1, Math.floor(place * colours.length))] ?? colours[0];
}
