/** The typefaces that prints are set in: that of the window, or a serif as papers have it. */
export const printFonts = {
  sans: { family: 'Inter', otherwise: 'sans-serif' },
  serif: { family: 'STIX Two Text', otherwise: 'serif' },
} as const;

export type PrintFont = keyof typeof printFonts;

/** As an SVG's attribute `font-family` names it. */
export function familyOf(font: PrintFont): string {
  const { family, otherwise } = printFonts[font];
  return `'${family}', ${otherwise}`;
}
