import { floatBytes, floatsFrom, type FloatType } from '../../foundation/floats.ts';
import { FileSlices } from '../FileSlices.ts';
import { formats } from '../formats.ts';
import type { StoredTensor } from '../../foundation/safetensorsHeader.ts';
import { countOf, damaged, type WeightsFile } from '../WeightsFile.ts';
import { WireReader, type Range } from './wire.ts';

/*
 * A .caffemodel is one NetParameter of caffe.proto, in protobuf's wire format. These are its field numbers.
 * https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto
 */
const net = { oldLayers: 2, layer: 100 } as const;
const layerFields = {
  /** V1LayerParameter, as in the authors' files. */
  [net.oldLayers]: { name: 4, blobs: 6 },
  /** LayerParameter. */
  [net.layer]: { name: 1, blobs: 7 },
} as const;
const blob = { extents: [1, 2, 3, 4], data: 5, shape: 7, doubles: 8 } as const;
const shapeExtents = 1;

const longestName = 200;
const maxLayers = 10_000;
/** Of a layer: a batch normalisation has three, a scale two. */
const maxBlobs = 4;
/** Of a blob: filters have four. */
const maxExtents = 8;
const parameterNames = ['weight', 'bias'] as const;

interface Blob extends StoredTensor {
  dtype: FloatType;
  data: Range;
  /** Whether each value has a tag of one byte before it, as some writers do. */
  isTagged: boolean;
}

/**
 * Opens a Caffe file. A layer's first blob is its weight, its second the bias.
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`
 */
export function openCaffemodel(path: string): WeightsFile {
  const file = new FileSlices(path);
  try {
    const tensors = new Map(readLayers(file));
    return {
      path,
      format: formats.caffe,
      tensors,
      isOrdered: true,
      notes: [],
      metadata: {},
      read: (name) => readBlobValues(file, name, tensors.get(name)),
      close: () => {
        file.close();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function readBlobValues(file: FileSlices, name: string, tensor: Blob | undefined): Float32Array {
  if (!tensor) throw damaged(file.path, `there is no tensor ${name} in it`);
  const { dtype, shape, data, isTagged } = tensor;
  const size = floatBytes[dtype];
  const length = data.end - data.begin;
  const values = isTagged ? (length + 1) / (size + 1) : length / size;
  if (countOf(shape) !== values)
    throw damaged(file.path, `${name} has ${values} values where its shape takes ${countOf(shape)}`);
  const bytes = file.bytes(data.begin, length, name);
  if (!isTagged) return floatsFrom(bytes, dtype);
  const untagged = new Uint8Array(values * size);
  for (let value = 0; value < values; value++) {
    const begin = value * (size + 1);
    untagged.set(bytes.subarray(begin, begin + size), value * size);
  }
  return floatsFrom(untagged, dtype);
}

function* readLayers(file: FileSlices): Generator<[string, Blob]> {
  const reader = new WireReader(file);
  const known = new Set<string>();
  for (const field of reader.fields({ begin: 0, end: file.size }, 'the list of layers')) {
    if (field.number !== net.oldLayers && field.number !== net.layer) continue;
    if (field.kind !== 'range') throw damaged(file.path, 'a layer is no message');
    const { name, blobs } = readLayer(reader, field, layerFields[field.number]);
    if (blobs.length === 0) continue;
    if (known.has(name)) throw damaged(file.path, `two layers are called ${name}`);
    if (known.add(name).size > maxLayers) throw damaged(file.path, `it has more than ${maxLayers} layers`);
    for (const [index, each] of blobs.entries()) {
      yield [`${name}.${parameterNames[index] ?? `blob${index}`}`, each];
    }
  }
}

function readLayer(
  reader: WireReader,
  range: Range,
  fields: { name: number; blobs: number },
): { name: string; blobs: Blob[] } {
  let name = '';
  const ranges: Range[] = [];
  for (const field of reader.fields(range, 'a layer')) {
    if (field.kind !== 'range') continue;
    if (field.number === fields.name) name = reader.text(field, longestName, "a layer's name");
    if (field.number !== fields.blobs) continue;
    ranges.push(field);
    if (ranges.length > maxBlobs) throw reader.damaged(`a layer has more than ${maxBlobs} blobs`);
  }
  return { name, blobs: ranges.map((each) => readBlob(reader, each, name)) };
}

/** Its extents are a shape, or in older files four numbers, the first of which may be padding of 1. */
function readBlob(reader: WireReader, range: Range, layer: string): Blob {
  const extents = [0, 0, 0, 0];
  let shape: number[] | undefined;
  let values: Values | undefined;
  for (const field of reader.fields(range, layer)) {
    if (field.kind === 'varint') {
      const axis = blob.extents.findIndex((number) => number === field.number);
      if (axis >= 0) extents[axis] = field.value;
    } else if (field.number === blob.shape) {
      shape = readShape(reader, field, layer);
    } else if (field.number === blob.data || field.number === blob.doubles) {
      values = joined(reader, values, { ...field, dtype: field.number === blob.data ? 'F32' : 'F64' });
    }
  }
  const { begin, end, dtype, isTagged } = values ?? noValues;
  return { shape: shape ?? extents, data: { begin, end }, dtype, isTagged };
}

interface Values extends Range {
  dtype: FloatType;
  isTagged: boolean;
}

const noValues: Values = { begin: 0, end: 0, dtype: 'F32', isTagged: false };

/** Values come all at once, or one by one, each behind its tag. */
function joined(
  reader: WireReader,
  before: Values | undefined,
  { begin, end, dtype }: Range & { dtype: FloatType },
): Values {
  const isTagged = end - begin === floatBytes[dtype];
  if (!before) return { begin, end, dtype, isTagged };
  if (!isTagged || !before.isTagged || dtype !== before.dtype || begin !== before.end + 1)
    throw reader.damaged('the values of a layer are in several parts');
  return { ...before, end };
}

function readShape(reader: WireReader, range: Range, layer: string): number[] {
  const extents: number[] = [];
  for (const field of reader.fields(range, layer)) {
    if (field.number !== shapeExtents) continue;
    const read = field.kind === 'varint' ? [field.value] : reader.varints(field, layer);
    for (const extent of read) {
      extents.push(extent);
      if (extents.length > maxExtents) throw reader.damaged(`${layer} has more than ${maxExtents} extents`);
    }
  }
  return extents;
}
