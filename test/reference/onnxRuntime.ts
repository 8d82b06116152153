import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { exportOnnx } from '../../src-main/exchange/weights/onnx/exportOnnx.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import type { Images } from '../exchange/weights/exported.ts';
import { contentOf, onnxAnswersFile } from '../exchange/weights/onnxAnswers.ts';
import {
  type Asked,
  netOfOddCrop,
  netOfPyTorch,
  netsOfOddCrop,
  netsOfPyTorch,
} from '../exchange/weights/onnxNets.ts';
import { openTestEngine } from '../support/engine.ts';

/*
 * Asks ONNX Runtime what the exported nets answer, and records it beside a checksum of what was exported:
 *
 *     npm install --no-save onnxruntime-web@1.30.0
 *     npx node test/reference/onnxRuntime.ts
 */

/** As far as it is used; the package is not installed otherwise. */
interface OnnxRuntime {
  Tensor: new (type: 'float32', values: Float32Array, shape: readonly number[]) => unknown;
  InferenceSession: {
    create(model: Uint8Array): Promise<{
      run(inputs: Record<string, unknown>): Promise<Record<string, { data: unknown }>>;
      release(): Promise<void>;
    }>;
  };
}

const packageName = 'onnxruntime-web';
const runtime = (await import(packageName)) as OnnxRuntime;

async function answer(path: string, { values, shape }: Images): Promise<number[]> {
  const session = await runtime.InferenceSession.create(readFileSync(path));
  const { posterior } = await session.run({ image: new runtime.Tensor('float32', values, shape) });
  await session.release();
  return [...z.instanceof(Float32Array).parse(posterior?.data)];
}

await openTestEngine();
const folder = mkdtempSync(join(tmpdir(), 'vgg-onnx-'));
const answers: Record<string, { content: string; posteriors: number[] }> = {};

async function record(name: string, { net, images }: Asked): Promise<void> {
  const path = join(folder, `${name}.onnx`);
  await exportOnnx(path, net, new Transfer());
  answers[name] = { content: contentOf(path, images), posteriors: await answer(path, images) };
}

for (const config of netsOfPyTorch) await record(config, netOfPyTorch(config));
for (const config of netsOfOddCrop) {
  const own = join(folder, config);
  mkdirSync(own);
  await record(`${config} of crop 56`, netOfOddCrop(config, own));
}
writeFileSync(onnxAnswersFile, `${JSON.stringify(answers, null, 2)}\n`);
rmSync(folder, { recursive: true });
