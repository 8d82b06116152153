import type { ParametricLayer } from '../layers.ts';

/** Where the values of a layer come from. */
export interface Source {
  layer: ParametricLayer;
  /** Names in the file: weight, bias and, of a normalised layer, scale, mean and variance. */
  tensors: { name: string; isWeight: boolean }[];
}

/** The layers of a net in a file, or why they are not there. */
export type Found =
  | {
      sources: readonly Source[];
      /** Whether the layers have the names that are usual in the format, perhaps behind a prefix. */
      isUsual: boolean;
    }
  | Misfit;

export interface Misfit {
  /** A sentence without its full stop. */
  misfit: string;
  /** Whether all layers are there, and something else is wrong. */
  isNear: boolean;
}
