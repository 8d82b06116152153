import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'protobufjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { transpose } from '../../../src-main/engine/ops/shape.ts';
import { readParameters } from '../../../src-main/vgg/weights/readParameters.ts';
import { exportSafetensors } from '../../../src-main/exchange/weights/exportSafetensors.ts';
import { exportOnnx } from '../../../src-main/exchange/weights/onnx/exportOnnx.ts';
import { Transfer } from '../../../src-main/exchange/Transfer.ts';
import { SafetensorsFile } from '../../../src-main/foundation/safetensors.ts';
import { Network } from '../../../src-main/vgg/Network.ts';
import type { Parameters } from '../../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../../support/engine.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import type { Images } from './exported.ts';
import { answerOfOnnx } from './onnxAnswers.ts';
import { netOfOddCrop, netsOfOddCrop } from './onnxNets.ts';

beforeAll(openTestEngine);

/** Posteriors of the workbench, for images with the channels first. */
function answer(parameters: Parameters, { values, shape }: Images): Float32Array {
  const stored = tensorflow().tf.tensor(values, [...shape], 'float32');
  return new Network(parameters)
    .forward(transpose(stored, [0, 2, 3, 1]))
    .softmax()
    .dataSync<'float32'>();
}

describe.each(netsOfOddCrop)('a net %s of crop 56', (config) => {
  it('answers the same as ONNX and from safetensors', async () => {
    const { parameters, net, images } = netOfOddCrop(config, temporaryFolder());
    const expected = answer(parameters, images);
    const folder = temporaryFolder();

    const onnx = join(folder, 'net.onnx');
    await exportOnnx(onnx, net, new Transfer());
    const posteriors = answerOfOnnx(`${config} of crop 56`, onnx, images);
    expect(posteriors).toHaveLength(expected.length);
    posteriors.forEach((posterior, index) => {
      expect(Math.abs(posterior - (expected[index] ?? NaN))).toBeLessThan(1e-5);
    });
    expect(Math.max(...expected), 'the classes are told apart').toBeGreaterThan(0.11);

    const safetensors = join(folder, 'net.safetensors');
    await exportSafetensors(safetensors, net, new Transfer());
    expect(answer(readParameters(safetensors, net.architecture), images)).toEqual(expected);
    const file = new SafetensorsFile(safetensors);
    expect([...file.tensors.keys()].filter((name) => name.startsWith('momentum'))).toEqual([]);
    expect(JSON.parse(file.metadata['vgg-workbench.preprocessing'] ?? '')).toEqual(net.preprocessing);
    file.close();
  });
});

it('says in an ONNX file what its net is and sees', async () => {
  const { net } = netOfOddCrop('A', temporaryFolder());
  const path = join(temporaryFolder(), 'net.onnx');
  await exportOnnx(path, net, new Transfer());
  const { root } = parse(`
    syntax = "proto2";
    message Model { optional int64 ir_version = 1; repeated Opset opset_import = 8; repeated Entry metadata_props = 14; }
    message Opset { optional string domain = 1; optional int64 version = 2; }
    message Entry { optional string key = 1; optional string value = 2; }
  `);
  const type = root.lookupType('Model');
  const entry = z.object({ key: z.string(), value: z.string() });
  const model = z
    .object({ opsetImport: z.array(z.object({ version: z.number() })), metadataProps: z.array(entry) })
    .parse(type.toObject(type.decode(readFileSync(path)), { longs: Number }));
  expect(model.opsetImport).toEqual([{ version: 17 }]);
  const facts = Object.fromEntries(
    model.metadataProps.map(({ key, value }) => [key, JSON.parse(value) as unknown]),
  );
  expect(facts).toEqual({
    'vgg-workbench.architecture': net.architecture,
    'vgg-workbench.preprocessing': net.preprocessing,
    'vgg-workbench.classes': net.classes,
    'vgg-workbench.source': net.source,
  });
});
