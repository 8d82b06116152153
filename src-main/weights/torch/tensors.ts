import { floatBytes } from '../../foundation/floats.ts';
import { countOf } from '../WeightsFile.ts';
import { Storage, type Pickled, type TensorView } from './pickled.ts';

/** Bytes of one value, by the type's name in safetensors. */
export const storageBytes: Readonly<Record<string, number>> = {
  ...floatBytes,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** PyTorch's classes for the types of a storage, with the names of these types in safetensors. */
export const storageTypes: Readonly<Record<string, string>> = {
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.DoubleStorage': 'F64',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

/** What PyTorch's functions that make tensors do. Undefined for arguments that they do not accept. */
export const rebuilders: Readonly<Record<string, (argument: Pickled[]) => TensorView | undefined>> = {
  // Before PyTorch 0.4, with the first four arguments only.
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_parameter': ([data]) => (isTensor(data) ? data : undefined),
  'torch._utils._rebuild_parameter_with_state': ([data]) => (isTensor(data) ? data : undefined),
};

/** A view of conjugates or negatives, which PyTorch only notes beside the values, is none that is read here. */
function rebuildTensor([storage, offset, shape, strides, , , notes]: Pickled[]): TensorView | undefined {
  if (notes instanceof Map && [...notes.values()].includes(true)) return undefined;
  const isWindow = storage instanceof Storage && isCounts([offset]) && isCounts(shape) && isCounts(strides);
  if (!isWindow || typeof offset !== 'number' || shape.length !== strides.length) return undefined;
  const view = { storage, offset, shape, strides };
  const isWithin = countOf(shape) <= storage.count && lastOf(view) < storage.count;
  return isWithin ? view : undefined;
}

export function isTensor(value: Pickled | undefined): value is TensorView {
  return typeof value === 'object' && value !== null && 'strides' in value;
}

/** Whether its values stand one after the other, the last extent running fastest. */
export function isContiguous({ shape, strides }: TensorView): boolean {
  let expected = 1;
  return shape
    .map((extent, axis) => ({ extent, stride: strides[axis] ?? 0 }))
    .toReversed()
    .every(({ extent, stride }) => {
      const fits = extent === 1 || stride === expected;
      expected *= extent;
      return fits;
    });
}

/** The index of its last value in the storage. */
export function lastOf({ offset, shape, strides }: TensorView): number {
  if (shape.includes(0)) return -1;
  return shape.reduce((place, extent, axis) => place + (extent - 1) * (strides[axis] ?? 0), offset);
}

/** The values of a view with any strides, in the order of its extents. `values` begins at the view's offset. */
export function gather(values: Float32Array, { shape, strides }: TensorView): Float32Array {
  const gathered = new Float32Array(countOf(shape));
  const index = shape.map(() => 0);
  let place = 0;
  for (let done = 0; done < gathered.length; done++) {
    gathered[done] = values[place] ?? NaN;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      index[axis] = (index[axis] ?? 0) + 1;
      place += stride;
      if ((index[axis] ?? 0) < (shape[axis] ?? 0)) break;
      index[axis] = 0;
      place -= stride * (shape[axis] ?? 0);
    }
  }
  return gathered;
}

function isCounts(values: unknown): values is number[] {
  return (
    Array.isArray(values) &&
    values.every((value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
  );
}
