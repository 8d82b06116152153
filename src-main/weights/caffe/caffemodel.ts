import { floatsFrom } from '../../foundation/floats.ts';
import { FileSlices } from '../FileSlices.ts';
import { formats } from '../formats.ts';
import type { StoredTensor } from '../../foundation/safetensors.ts';
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
const parameterNames = ['weight', 'bias'] as const;

interface Blob extends StoredTensor {
  data: Range;
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
      metadata: {},
      read: (name) => {
        const tensor = tensors.get(name);
        if (!tensor) throw damaged(path, `there is no tensor ${name} in it`);
        const { dtype, shape, data } = tensor;
        if (dtype !== 'F32') throw damaged(path, `${name} is ${dtype}, not F32`);
        const length = data.end - data.begin;
        if (countOf(shape) * 4 !== length)
          throw damaged(path, `${name} has ${length} bytes for ${countOf(shape)} values`);
        return floatsFrom(file.bytes(data.begin, length, name), 'F32');
      },
      close: () => {
        file.close();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
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
    if (field.number === fields.blobs) ranges.push(field);
  }
  return { name, blobs: ranges.map((each) => readBlob(reader, each, name)) };
}

/** Its extents are a shape, or in older files four numbers, the first of which may be padding of 1. */
function readBlob(reader: WireReader, range: Range, layer: string): Blob {
  const extents = [0, 0, 0, 0];
  let shape: number[] | undefined;
  let data: Range = { begin: 0, end: 0 };
  let dtype = 'F32';
  for (const field of reader.fields(range, layer)) {
    if (field.kind === 'varint') {
      const axis = blob.extents.findIndex((number) => number === field.number);
      if (axis >= 0) extents[axis] = field.value;
    } else if (field.number === blob.shape) {
      shape = readShape(reader, field, layer);
    } else if (field.number === blob.data || field.number === blob.doubles) {
      data = { begin: field.begin, end: field.end };
      dtype = field.number === blob.data ? 'F32' : 'F64';
    }
  }
  return { shape: shape ?? extents, data, dtype };
}

function readShape(reader: WireReader, range: Range, layer: string): number[] {
  return [...reader.fields(range, layer)].flatMap((field) => {
    if (field.number !== shapeExtents) return [];
    return field.kind === 'varint' ? [field.value] : reader.varints(field, layer);
  });
}
