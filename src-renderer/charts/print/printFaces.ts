import { printFonts, type PrintFont } from './printFonts.ts';

/** TrueType files in Base64. */
export interface PrintFaces {
  family: string;
  regular: string;
  bold: string;
}

/** Fetched with the first print and not with the window. */
const files = {
  sans: () => Promise.all([import('./fonts/inter-400.ttf?inline'), import('./fonts/inter-700.ttf?inline')]),
  serif: () =>
    Promise.all([
      import('./fonts/stix-two-text-400.ttf?inline'),
      import('./fonts/stix-two-text-700.ttf?inline'),
    ]),
} satisfies Record<PrintFont, unknown>;

export async function printFaces(font: PrintFont): Promise<PrintFaces> {
  const [regular, bold] = await files[font]();
  return {
    family: printFonts[font].family,
    regular: base64Of(regular.default),
    bold: base64Of(bold.default),
  };
}

/** Of an address `data:font/ttf;base64,…`. */
function base64Of(address: string): string {
  return address.slice(address.indexOf(',') + 1);
}
