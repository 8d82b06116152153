/** What charts are drawn on: `--surface` of each theme (a test holds them to it). */
export const chartGrounds = { light: '#ffffff', dark: '#171d27' } as const;

/** Contrast that a line has to its ground: WCAG 2.2 asks 3 of graphics; thin lines on a dark ground need more. */
const least = { light: 3, dark: 4.5 } as const;

/** A colour, or one of the same hue that is just light or dark enough for the theme's ground. @param colour `#rrggbb` */
export function readableColour(colour: string, theme: 'light' | 'dark'): string {
  const ground = chartGrounds[theme];
  const towards = theme === 'dark' ? 255 : 0;
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = mix(colour, towards, share);
    if (contrast(mixed, ground) >= least[theme]) return mixed;
  }
  return colour;
}

/** The contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(colour: string, towards: number, share: number): string {
  const mixed = channels(colour).map((value) => Math.round(value + (towards - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
