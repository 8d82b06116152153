import type { LayerField, NetworkDescription } from '../../../src-main/workbench/contract.ts';

/** What one unit of a layer sees: sides in pixels of the input. */
export interface FieldRow {
  name: string;
  computed: number;
  /** Null until it was measured. */
  measured: number | null;
  /** Whether side and stride are the computed ones. */
  agrees: boolean;
}

/** Of the layers up to the last map, in order. */
export function fieldRows(
  { layers }: NetworkDescription,
  measured: readonly LayerField[] | undefined,
): FieldRow[] {
  return layers
    .filter(({ kind }) => kind !== 'average' && kind !== 'fc')
    .map(({ name, receptiveField, stride }) => {
      const found = measured?.find((field) => field.name === name);
      return {
        name,
        computed: receptiveField,
        measured: found?.side ?? null,
        agrees: found?.side === receptiveField && found.stride === stride,
      };
    });
}

/** Those that are drawn: a sum sees what the convolution before it sees, a projection less. */
export function drawnRows(rows: readonly FieldRow[]): FieldRow[] {
  return rows.filter(({ name }) => !/^(?:add|proj|lrn)/.test(name));
}

/** `all 18 layers see what was computed`, or which do not; null until all were measured. */
export function verdict(rows: readonly FieldRow[]): { agrees: boolean; text: string } | null {
  if (rows.some(({ measured }) => measured === null)) return null;
  const others = rows.filter(({ agrees }) => !agrees).map(({ name }) => name);
  return others.length === 0
    ? { agrees: true, text: `all ${rows.length} layers see what was computed` }
    : { agrees: false, text: `not what was computed: ${others.join(', ')}` };
}
