import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportOnnx } from '../../../src-main/exchange/weights/onnx/exportOnnx.ts';
import { exportTfjs } from '../../../src-main/exchange/weights/tfjs/exportTfjs.ts';
import { Transfer } from '../../../src-main/exchange/Transfer.ts';
import {
  goldenArchitecture,
  goldenFile,
  type GoldenNet,
  type LaterNet,
  relativeDifference,
} from '../../support/golden.ts';
import { codeOfAsync } from '../../runs/fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { answerOfTfjs, netToExport } from './exported.ts';
import { answerOfOnnx } from './onnxAnswers.ts';
import { netOfPyTorch, netsOfPyTorch } from './onnxNets.ts';

const classes = 10;

/** The posteriors of rows of logits. */
function softmax(logits: Float32Array): number[] {
  return rowsOf(logits).flatMap((row) => {
    const exponentials = row.map((logit) => Math.exp(logit - Math.max(...row)));
    const sum = exponentials.reduce((one, other) => one + other, 0);
    return exponentials.map((value) => value / sum);
  });
}

/** What of the logits a posterior tells: all but a number added to each. */
function centred(values: readonly number[]): number[] {
  return rowsOf(Float32Array.from(values)).flatMap((row) => {
    const mean = row.reduce((one, other) => one + other, 0) / row.length;
    return row.map((value) => value - mean);
  });
}

function rowsOf(values: Float32Array): number[][] {
  return Array.from({ length: values.length / classes }, (_, row) => [
    ...values.subarray(row * classes, (row + 1) * classes),
  ]);
}

function expectAnswer(posteriors: Float32Array, logits: Float32Array): void {
  expect(posteriors).toHaveLength(logits.length);
  const expected = softmax(logits);
  posteriors.forEach((posterior, index) => {
    expect(Math.abs(posterior - (expected[index] ?? NaN))).toBeLessThan(1e-5);
  });
  // Where the classes lie close together, the logits still differ.
  const logOf = (values: ArrayLike<number>) => centred(Array.from(values, Math.log));
  expect(relativeDifference(logOf(posteriors), centred([...logits]))).toBeLessThan(1e-4);
}

/** What PyTorch answers to the images of the net's file. */
function logitsOfPyTorch(config: GoldenNet | LaterNet): Float32Array {
  const file = goldenFile(config);
  return file.read(file.tensors.has('logits.inference') ? 'logits.inference' : 'logits');
}

it.each(netsOfPyTorch)('net %s as ONNX answers what PyTorch does', async (config) => {
  const { net, images } = netOfPyTorch(config);
  const path = join(temporaryFolder(), 'net.onnx');
  const reported: number[] = [];
  const transfer = new Transfer((done) => reported.push(done));
  await exportOnnx(path, net, transfer);
  expect(reported.at(-1)).toBe(transfer.totalBytes);
  expect(statSync(path).size).toBe(transfer.totalBytes);
  expectAnswer(answerOfOnnx(config, path, images), logitsOfPyTorch(config));
});

it.each(netsOfPyTorch.filter((config) => config !== 'A-LRN'))(
  'net %s as a TensorFlow.js model answers what PyTorch does',
  async (config) => {
    const { net, images } = netOfPyTorch(config);
    const folder = join(temporaryFolder(), 'net');
    await exportTfjs(folder, net, new Transfer());
    expectAnswer(await answerOfTfjs(folder, images), logitsOfPyTorch(config));
  },
);

it('refuses A-LRN as a TensorFlow.js model, and leaves nothing', async () => {
  const parent = temporaryFolder();
  const net = netToExport(goldenArchitecture('A-LRN'), goldenFile('A-LRN'));
  expect(await codeOfAsync(exportTfjs(join(parent, 'net'), net, new Transfer()))).toBe('no-such-layer');
  expect(readdirSync(parent)).toEqual([]);
});

it('tells before it writes that an ONNX file cannot hold a net', async () => {
  const parent = temporaryFolder();
  const net = netToExport({ config: 'E', width: 4, crop: 224, classes: 1000 }, goldenFile('E'));
  expect(await codeOfAsync(exportOnnx(join(parent, 'net.onnx'), net, new Transfer()))).toBe('onnx-too-large');
  expect(readdirSync(parent)).toEqual([]);
});
