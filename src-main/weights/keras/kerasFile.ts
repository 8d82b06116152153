import type * as Hdf5 from 'h5wasm/node';
import { WorkbenchError } from '../../foundation/errors.ts';
import { FileSlices } from '../FileSlices.ts';
import { formats } from '../formats.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import { datasetsIn, tensorOf, valuesOf, type KerasTensor } from './datasets.ts';
import { layerOf, tensorNames } from './kerasNames.ts';
import { storedOrder } from './layerOrder.ts';
import { modelNotes } from './modelConfig.ts';
import { discardLibrary, releaseLibrary, takeLibrary, type Library } from './library.ts';

/** Layers of the nets that come with Keras, which were converted from the authors' files. */
const ofOxford = /(?:^|\/)block\d+_conv\d+\.weight$/;

/**
 * Opens a Keras file of any version: `model.h5`, `weights.h5`, or `.weights.h5` of Keras 3.
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`
 */
export async function openKerasFile(path: string): Promise<WeightsFile> {
  new FileSlices(path).close();
  const hdf5 = await takeLibrary();
  let file: Hdf5.File | undefined;
  try {
    file = new hdf5.File(path, 'r');
    const order = storedOrder(hdf5, file);
    const found = tensorsIn(hdf5, file, path);
    const isOrdered = order !== undefined && found.every(([, { place }]) => order.has(place));
    const tensors = new Map(isOrdered ? inOrder(found, order) : found);
    const opened = file;
    return {
      path,
      format: [...tensors.keys()].some((name) => ofOxford.test(name))
        ? formats.keras
        : formats['keras-numbered'],
      tensors,
      isOrdered,
      notes: modelNotes(descriptionIn(file)),
      metadata: {},
      read: (name) => readTensor(hdf5, path, name, tensors.get(name)),
      close: () => {
        try {
          opened.close();
        } catch {
          // A trap ends the instance, and the file with it.
          discardLibrary(hdf5);
        }
        releaseLibrary(hdf5);
      },
    };
  } catch (error) {
    discardLibrary(hdf5);
    releaseLibrary(hdf5);
    throw error instanceof WorkbenchError ? error : damaged(path, 'it is no complete HDF5 file', error);
  }
}

/** Of a whole model, its layers as JSON. */
function descriptionIn(file: Hdf5.Group): string {
  const value = Object.hasOwn(file.attrs, 'model_config') ? file.attrs.model_config?.value : undefined;
  return typeof value === 'string' ? value : '';
}

type Placed = KerasTensor & { place: string; own: string };

function inOrder(
  tensors: readonly [string, Placed][],
  order: ReadonlyMap<string, number>,
): [string, Placed][] {
  const rank = ([, { place }]: [string, Placed]) => order.get(place) ?? 0;
  return tensors.toSorted((left, right) => rank(left) - rank(right));
}

function tensorsIn(hdf5: Library, file: Hdf5.Group, path: string): [string, Placed][] {
  const layers = new Map<string, Placed[]>();
  for (const [place, dataset] of datasetsIn(hdf5, file, path)) {
    const layer = layerOf(place);
    const tensor = tensorOf(dataset);
    if (layer === undefined || tensor.shape.length === 0) continue;
    layers.set(layer, [
      ...(layers.get(layer) ?? []),
      { ...tensor, place: place.join('/'), own: place.at(-1) ?? '' },
    ]);
  }
  return [...layers].flatMap(([layer, tensors]) => tensorNames(layer, tensors));
}

function readTensor(
  hdf5: Library,
  path: string,
  name: string,
  tensor: KerasTensor | undefined,
): Float32Array {
  if (tensor === undefined) throw damaged(path, `there is no tensor ${name} in it`);
  try {
    return valuesOf(hdf5, path, name, tensor);
  } catch (error) {
    discardLibrary(hdf5);
    throw error instanceof WorkbenchError
      ? error
      : damaged(path, `the values of ${name} cannot be read`, error);
  }
}
