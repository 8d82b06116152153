import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Reader } from 'protobufjs';
import { expect } from 'vitest';
import { z } from 'zod';
import { referenceFolder } from '../../support/golden.ts';
import type { Images } from './exported.ts';

/** What ONNX Runtime answered, by net: recorded by test/reference/onnxRuntime.ts. */
export const onnxAnswersFile = join(referenceFolder, 'onnxRuntime.json');
export const onnxAnswersSchema = z.record(
  z.string(),
  z.strictObject({ content: z.string(), posteriors: z.array(z.number()) }),
);

const modelFields = { graph: 7, opset: 8 };

/** A checksum of what ONNX Runtime computes from: the graph with its weights, the version of its operations, the images. */
export function contentOf(path: string, images: Images): string {
  const hash = createHash('sha256');
  const file = readFileSync(path);
  const reader = Reader.create(file);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const key = reader.uint32();
    reader.skipType(key & 7);
    if (Object.values(modelFields).includes(key >>> 3)) hash.update(file.subarray(start, reader.pos));
  }
  return hash.update(images.values).digest('hex');
}

/** What ONNX Runtime answered to the same file; a file of other content fails. */
export function answerOfOnnx(name: string, path: string, images: Images): Float32Array {
  const answer = onnxAnswersSchema.parse(JSON.parse(readFileSync(onnxAnswersFile, 'utf8')))[name];
  expect(
    contentOf(path, images),
    `${name} is exported otherwise than ONNX Runtime was asked: see test/reference/README.md`,
  ).toBe(answer?.content);
  return Float32Array.from(answer?.posteriors ?? []);
}
