import type { LayerMatrix } from '../../../src-main/workbench/contract.ts';

/** The powers of ten from dark to bright: enough to see a gradient vanish. */
const decades = 4;

/** What was logged last of each layer; layers without a number are left out. */
export function lastValues(matrix: LayerMatrix | undefined): Map<string, number> {
  const values = new Map<string, number>();
  matrix?.layers.forEach((layer, index) => {
    const value = matrix.values[index]?.at(-1);
    if (typeof value === 'number') values.set(layer, value);
  });
  return values;
}

/** How brightly each layer is lit: 1 for the greatest value, a quarter less for a tenth of it, 0 from a ten-thousandth on. */
export function lightOf(values: ReadonlyMap<string, number>): Map<string, number> {
  const greatest = Math.max(0, ...[...values.values()].map(Math.abs));
  return new Map(
    [...values].map(([layer, value]) => {
      const share = 1 + Math.log10(Math.abs(value) / greatest) / decades;
      return [layer, Number.isFinite(share) ? Math.max(0, share) : 0];
    }),
  );
}
