/** What a pickle of weights can hold. A class of Python is only ever a name here. */
export type Pickled =
  null | boolean | number | string | Pickled[] | Map<Pickled, Pickled> | Global | Storage | TensorView;

/** A class or function of Python, which is never looked up and never called. */
export class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Values in an entry of the archive. */
export class Storage {
  readonly dtype: string;
  readonly key: string;
  readonly count: number;

  constructor(dtype: string, key: string, count: number) {
    this.dtype = dtype;
    this.key = key;
    this.count = count;
  }
}

/** A tensor as PyTorch keeps it: a window on a storage. Offset and strides count values. */
export interface TensorView {
  storage: Storage;
  offset: number;
  shape: number[];
  strides: number[];
}
