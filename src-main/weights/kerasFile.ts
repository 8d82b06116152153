import type * as Hdf5 from 'h5wasm/node';
import { WorkbenchError } from '../foundation/errors.ts';
import { FileSlices } from './FileSlices.ts';
import { formats } from './formats.ts';
import type { StoredTensor } from '../foundation/safetensors.ts';
import { countOf, damaged, type WeightsFile } from './WeightsFile.ts';

type Library = typeof Hdf5;

interface KerasTensor extends StoredTensor {
  dataset: Hdf5.Dataset;
}

const maxObjects = 10_000;
const deepest = 12;
/** The library's memory never shrinks, so tensors are read in parts of about this many values. */
const valuesAtOnce = 1 << 22;

/**
 * Opens a Keras file of any version: `model.h5`, `weights.h5`, or `.weights.h5` of Keras 3. Names within a layer have
 * changed over the years, so the tensor with two or more extents is its weight and the one with one extent its bias.
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`
 */
export async function openKerasFile(path: string): Promise<WeightsFile> {
  new FileSlices(path).close();
  const hdf5 = await loadHdf5();
  let file: Hdf5.File | undefined;
  try {
    file = new hdf5.File(path, 'r');
    const tensors = new Map(tensorsIn(hdf5, file, path));
    const isNumbered = tensors.has('conv2d.weight');
    const opened = file;
    return {
      path,
      format: isNumbered ? formats['keras-numbered'] : formats.keras,
      tensors,
      metadata: {},
      read: (name) => readTensor(path, name, tensors.get(name)),
      close: () => {
        opened.close();
      },
    };
  } catch (error) {
    file?.close();
    throw error instanceof WorkbenchError ? error : damaged(path, 'it is no complete HDF5 file', error);
  }
}

/** Loaded only when the first file is opened, because it takes megabytes. */
async function loadHdf5(): Promise<Library> {
  const hdf5 = await import('h5wasm/node');
  const module = await hdf5.ready;
  // Errors become exceptions instead of texts on the terminal.
  module.activate_throwing_error_handler();
  return hdf5;
}

function* tensorsIn(hdf5: Library, file: Hdf5.Group, path: string): Generator<[string, KerasTensor]> {
  const names = new Set<string>();
  for (const [place, dataset] of datasetsIn(hdf5, file, path)) {
    const layer = layerOf(place);
    const shape = dataset.shape ?? [];
    if (layer === undefined || shape.length === 0) continue;
    const name = `${layer}.${shape.length === 1 ? 'bias' : 'weight'}`;
    if (names.has(name))
      throw damaged(path, `layer ${layer} has two tensors that could be its weight or bias`);
    names.add(name);
    yield [name, { dataset, shape, dtype: typeof dataset.dtype === 'string' ? dataset.dtype : 'compound' }];
  }
}

/** All datasets with their paths. Links to other files are not followed. */
function* datasetsIn(hdf5: Library, root: Hdf5.Group, path: string): Generator<[string[], Hdf5.Dataset]> {
  let objects = 0;
  const open: { group: Hdf5.Group; place: string[] }[] = [{ group: root, place: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const key of next.group.keys()) {
      if (++objects > maxObjects || next.place.length > deepest)
        throw damaged(path, 'it has more groups than a net');
      const entity = next.group.get(key);
      const place = [...next.place, key];
      if (entity instanceof hdf5.Dataset) yield [place, entity];
      else if (entity instanceof hdf5.Group) open.push({ group: entity, place });
    }
  }
}

/**
 * `block1_conv1/block1_conv1/kernel:0` and `model_weights/block1_conv1/…` belong to block1_conv1;
 * `layers/conv2d_1/vars/0`, as Keras 3 writes it, to conv2d_1. The optimiser's tensors belong to no layer.
 */
function layerOf(place: readonly string[]): string | undefined {
  const [first = '', second = ''] = place;
  if (place.includes('optimizer') || place.includes('optimizer_weights')) return undefined;
  if (first === 'layers' || first === 'model_weights') return place.length > 2 ? second : undefined;
  return place.length > 1 ? first : undefined;
}

function readTensor(path: string, name: string, tensor: KerasTensor | undefined): Float32Array {
  if (tensor === undefined) throw damaged(path, `there is no tensor ${name} in it`);
  const { dataset, shape, dtype } = tensor;
  if (dtype !== '<f' && dtype !== '<f4') throw damaged(path, `${name} is ${dtype}, not float32`);
  const values = new Float32Array(countOf(shape));
  const [rows = 0, ...rest] = shape;
  const ofRow = countOf(rest);
  const rowsAtOnce = Math.max(1, Math.floor(valuesAtOnce / ofRow));
  try {
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const part = dataset.slice([[row, Math.min(row + rowsAtOnce, rows)], ...rest.map((): [] => [])]);
      if (!(part instanceof Float32Array)) throw new Error('The values are of another type.');
      values.set(part, row * ofRow);
    }
  } catch (error) {
    throw damaged(path, `the values of ${name} cannot be read`, error);
  }
  return values;
}
