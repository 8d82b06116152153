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
import { SafetensorsFile, writeSafetensors } from '../../../src-main/foundation/safetensors.ts';
import { randomInitialiser } from '../../../src-main/vgg/initialise.ts';
import type { Architecture } from '../../../src-main/vgg/layers.ts';
import { Network } from '../../../src-main/vgg/Network.ts';
import { Parameters } from '../../../src-main/vgg/Parameters.ts';
import { companionsToStore, tensorsToStore } from '../../../src-main/vgg/weights/store.ts';
import { openTestEngine } from '../../support/engine.ts';
import { config as configOf, temporaryFolder } from '../../runs/fixtures.ts';
import { answerOfOnnx, netToExport } from './exported.ts';

beforeAll(openTestEngine);

const batch = 3;

/** A crop that no net halves evenly. */
function fresh(config: Architecture['config']) {
  const architecture: Architecture = { config, width: 1 / 16, crop: 56, classes: 10 };
  const parameters = new Parameters(architecture, randomInitialiser(configOf().initialisation, 1));
  const path = join(temporaryFolder(), 'checkpoint.safetensors');
  const velocities = companionsToStore(parameters, (variable) => variable, 'momentum.');
  writeSafetensors(path, [...tensorsToStore(parameters), ...velocities], {});
  return { parameters, net: netToExport(architecture, new SafetensorsFile(path)) };
}

/** Posteriors of the workbench, for images with the channels first. */
function answer(parameters: Parameters, values: Float32Array): Float32Array {
  const { crop } = parameters.architecture;
  const stored = tensorflow().tf.tensor(values, [batch, 3, crop, crop], 'float32');
  return new Network(parameters)
    .forward(transpose(stored, [0, 2, 3, 1]))
    .softmax()
    .dataSync<'float32'>();
}

describe.each(['A-LRN', 'B-5x5', 'C', 'E-skip', 'resnet-34'] as const)('a net %s of crop 56', (config) => {
  it('answers the same as ONNX and from safetensors', async () => {
    const { parameters, net } = fresh(config);
    const values = Float32Array.from(
      { length: batch * 3 * 56 * 56 },
      (_, index) => 50 * Math.sin(index * index),
    );
    const expected = answer(parameters, values);
    const folder = temporaryFolder();

    const onnx = join(folder, 'net.onnx');
    await exportOnnx(onnx, net, new Transfer());
    const posteriors = await answerOfOnnx(onnx, { values, shape: [batch, 3, 56, 56] });
    posteriors.forEach((posterior, index) => {
      expect(Math.abs(posterior - (expected[index] ?? NaN))).toBeLessThan(1e-5);
    });
    expect(Math.max(...expected), 'the classes are told apart').toBeGreaterThan(0.11);

    const safetensors = join(folder, 'net.safetensors');
    await exportSafetensors(safetensors, net, new Transfer());
    expect(answer(readParameters(safetensors, net.architecture), values)).toEqual(expected);
    const file = new SafetensorsFile(safetensors);
    expect([...file.tensors.keys()].filter((name) => name.startsWith('momentum'))).toEqual([]);
    expect(JSON.parse(file.metadata['vgg-workbench.preprocessing'] ?? '')).toEqual(net.preprocessing);
    file.close();
  });
});

it('says in an ONNX file what its net is and sees', async () => {
  const { net } = fresh('A');
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
