import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksumKey } from '../../src-main/foundation/checksums.ts';
import { safetensorsHeader, writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { checkpointPath, stateKey, type CheckpointKind } from '../../src-main/training/checkpointFiles.ts';
import { aRunState } from '../support/aRunState.ts';
import { soundCheckpoint, soundLast } from '../../src-main/training/soundCheckpoint.ts';
import { architectureKey } from '../../src-main/vgg/weights/identify.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sound-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const state = aRunState();
const architecture = { config: 'A', width: 1 / 16, crop: 32, classes: 3 };

const metadataOf = (version: 1 | 2) => ({
  [stateKey]: JSON.stringify({ ...state, version }),
  [architectureKey]: JSON.stringify(architecture),
});

function write(kind: CheckpointKind, values: readonly number[] = [1, 2, 3]): string {
  const path = checkpointPath(folder, kind);
  const tensor = { name: 'features.0.weight', shape: [3], values: () => Float32Array.from(values) };
  writeSafetensors(path, [tensor], metadataOf(2));
  return path;
}

function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}

describe('the checkpoint from which a run goes on', () => {
  it('is none if there is none, and sound as it was written', () => {
    expect(soundLast(folder)).toBeUndefined();
    write('last');
    expect(soundLast(folder)).toMatchObject({ state: { step: 12 }, hasChecksums: true });
  });

  it('that changed on the disk names the tensor, and the best one if that is sound', () => {
    damage(write('last'));
    const refused = (nextStep: RegExp): unknown =>
      expect.objectContaining({
        code: 'weights-corrupt',
        message: expect.stringContaining('features.0.weight') as string,
        nextStep: expect.stringMatching(nextStep) as string,
      });
    expect(() => soundLast(folder)).toThrow(refused(/^There is no other checkpoint/));
    const best = write('best');
    expect(() => soundLast(folder)).toThrow(
      refused(/after epoch 3, is sound: resume the run from it \(--from-best/),
    );
    damage(best);
    expect(() => soundLast(folder)).toThrow(refused(/^There is no other checkpoint/));
  });

  it.each([[NaN], [Infinity], [-Infinity]])('with %d among its weights is reported as that', (value) => {
    write('last', [1, value, 3]);
    expect(() => soundCheckpoint(folder, 'last')).toThrow(
      expect.objectContaining({
        code: 'weights-not-finite',
        message: expect.stringMatching(/of step 12, holds values of features\.0\.weight/) as string,
      }),
    );
  });

  it('of an earlier version has no checksums; of this one it must have them', () => {
    const path = checkpointPath(folder, 'last');
    const values = Buffer.from(Float32Array.of(1, 2, 3).buffer);
    const tensor = { name: 'features.0.weight', shape: [3] };
    writeFileSync(path, Buffer.concat([safetensorsHeader([tensor], metadataOf(1)), values]));
    expect(soundLast(folder)).toMatchObject({ hasChecksums: false });
    writeFileSync(path, Buffer.concat([safetensorsHeader([tensor], metadataOf(2)), values]));
    expect(() => soundLast(folder)).toThrow(expect.objectContaining({ code: 'checkpoint-damaged' }));
  });

  it('is refused if only the name of its checksums changed', () => {
    const path = write('last');
    const bytes = readFileSync(path);
    const at = bytes.indexOf(checksumKey);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(() => soundLast(folder)).toThrow(expect.objectContaining({ code: 'checkpoint-damaged' }));
  });
});
