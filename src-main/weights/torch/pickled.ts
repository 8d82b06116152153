/** The values that a pickle of weights can hold. A Python class is only a name here. */
export type Pickled =
  null | boolean | number | string | Pickled[] | Map<Pickled, Pickled> | Global | Storage | TensorView;

/** The name of a Python class or function, which is never looked up and never called. */
export class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** The values of an entry of the archive. */
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

/** A tensor as PyTorch stores it: a view of a storage. Offset and strides count values. */
export interface TensorView {
  storage: Storage;
  offset: number;
  shape: number[];
  strides: number[];
}
