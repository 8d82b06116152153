/** The values that a pickle of weights can hold. A Python class is only a name here. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | Global
  | Foreign
  | Storage
  | TensorView;

/** A Python class or function that this reader knows the meaning of. It is never looked up and never called. */
export class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Any other Python class or function, and whatever it would have made: it is passed over, and never executed. */
export class Foreign {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Values that several tensors may share. */
export class Storage {
  readonly dtype: string;
  readonly key: string;
  readonly count: number;
  /** Where it begins among the values of that key, of which older files may share parts. */
  readonly begin: number;

  constructor(dtype: string, key: string, count: number, begin = 0) {
    this.dtype = dtype;
    this.key = key;
    this.count = count;
    this.begin = begin;
  }
}

/** A tensor as PyTorch stores it: a view of a storage. Offset and strides count values. */
export interface TensorView {
  storage: Storage;
  offset: number;
  shape: number[];
  strides: number[];
}
