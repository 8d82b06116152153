import { paperNets } from '../../../src-main/vocabulary/configurations.ts';
import type { Configuration } from '../../../src-main/workbench/contract.ts';

/** The nets, as they are offered: of Table 1, with wider filters (Sect. 2.3 and 4.1), and what came after. */
export const netGroups = [
  { title: 'Table 1', nets: paperNets },
  { title: 'Wider filters', nets: ['B-5x5', 'D-7x7'] },
  { title: 'What came after', nets: ['E-skip', 'E-gap', 'plain-34', 'resnet-34'] },
] as const satisfies readonly { title: string; nets: readonly Configuration[] }[];

/** What the view shows, as its address has it. */
export interface NetworkChoice {
  left: Configuration;
  /** Null while one net is shown alone. */
  right: Configuration | null;
  width: number;
  crop: number;
  classes: number;
}

/** Bounds of what can be described, and the paper's size. */
export const sizes = {
  width: { least: 0.0625, most: 4, step: 0.0625, paper: 1 },
  crop: { least: 32, most: 4096, step: 1, paper: 224 },
  classes: { least: 1, most: 1_000_000, step: 1, paper: 1000 },
} as const;
export type SizeName = keyof typeof sizes;

/** What is missing or cannot be reads as D beside E at the paper's size. */
export function readChoice(parameters: URLSearchParams): NetworkChoice {
  const right = parameters.get('right');
  return {
    left: netOf(parameters.get('left')) ?? 'D',
    right: right === 'none' ? null : (netOf(right) ?? 'E'),
    width: sizeOf('width', parameters.get('width')),
    crop: sizeOf('crop', parameters.get('crop')),
    classes: sizeOf('classes', parameters.get('classes')),
  };
}

/** The number itself where it can be described, else the paper's. */
export function sizeOf(name: SizeName, text: string | null): number {
  const { least, most, paper } = sizes[name];
  const value = Number(text ?? '');
  const isWhole = name === 'width' || Number.isInteger(value);
  return isWhole && value > 0 && value >= (name === 'width' ? 0 : least) && value <= most ? value : paper;
}

export function isPaperSize({ width, crop, classes }: Pick<NetworkChoice, SizeName>): boolean {
  return width === sizes.width.paper && crop === sizes.crop.paper && classes === sizes.classes.paper;
}

function netOf(name: string | null): Configuration | undefined {
  return netGroups.flatMap(({ nets }): readonly Configuration[] => nets).find((net) => net === name);
}
