import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { referenceFolder } from '../support/golden.ts';

/** Written and read back by PyTorch: see wildTorch.py in the folder of references. */
const wild = (name: string) => join(referenceFolder, 'wild', name);

const folder = mkdtempSync(join(tmpdir(), 'torch-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const base = (index: number) => index / 8 - 1;
const values = {
  'features.0.weight': Array.from({ length: 24 }, (_, index) => base(index)),
  'features.0.bias': [0.5, -0.25],
  window: [5, 6, 7, 8].map(base),
  transposed: [12, 15, 13, 16, 14, 17].map(base),
  double: [Math.fround(0.1), -3.5],
  half: [0.5, 2],
};

async function expectTheTensors(name: string): Promise<readonly string[]> {
  const file = await openWeights(wild(name));
  expect([...file.tensors.keys()]).toEqual([...Object.keys(values), 'counter']);
  for (const [tensor, expected] of Object.entries(values)) {
    expect([...file.read(tensor)], tensor).toEqual(expected);
  }
  file.close();
  return file.notes;
}

describe('a file of torch.save before its zip form', () => {
  it.each(['old-views.pth', 'old-2017.pth', 'old-python2.pth'])('%s', async (name) => {
    expect(await expectTheTensors(name)).toEqual([]);
  });
});

describe('the dictionary of tensors in a checkpoint', () => {
  it.each(['model', 'state_dict_ema', 'anything'])(
    'is found under %s, beside an optimiser, arguments and numbers of NumPy',
    async (key) => {
      const [note] = await expectTheTensors(`key-${key}.pth`);
      expect(note).toContain('argparse.Namespace');
    },
  );

  it('is found below several keys', async () => {
    expect(await expectTheTensors('key-nested.pth')).toEqual([]);
  });

  it('is the trained one where there is a moving average too, and that is said', async () => {
    const [note] = await expectTheTensors('two-usual.pth');
    expect(note).toBe('Of state_dict_ema and state_dict, state_dict was read.');
  });

  it('is not guessed where there are two', async () => {
    await expect(openWeights(wild('two-others.pth'))).rejects.toMatchObject({
      code: 'weights-unknown',
      message: expect.stringContaining('teacher and student') as unknown,
    });
  });
});

describe('what a pickle asks for', () => {
  it('is passed over unexecuted beside the tensors, and named', async () => {
    const [note] = await expectTheTensors('malicious-beside.pth');
    expect(note).toContain('posix.system');
    expect(existsSync('executed')).toBe(false);
  });

  it('is refused among the tensors', async () => {
    await expect(openWeights(wild('malicious-within.pth'))).rejects.toMatchObject({
      code: 'weights-refused',
      message: expect.stringContaining('posix.system') as unknown,
    });
    expect(existsSync('executed')).toBe(false);
  });
});

describe('values that are not what they seem', () => {
  it('a bit that changed since the zip archive was written is found', async () => {
    const changed = readFileSync(wild('key-nested.pth'));
    const value = changed.indexOf(Buffer.from(new Float32Array([base(6), base(7), base(8)]).buffer));
    changed[value] = (changed[value] ?? 0) ^ 0x40;
    const path = join(folder, 'changed.pth');
    writeFileSync(path, changed);
    const file = await openWeights(path);
    expect(() => file.read('features.0.weight')).toThrow(
      expect.objectContaining({ code: 'weights-corrupt' }),
    );
    expect([...file.read('double')]).toEqual(values.double);
    file.close();
  });

  it('a view of negatives is refused', async () => {
    await expect(openWeights(wild('negative.pth'))).rejects.toMatchObject({ code: 'weights-damaged' });
  });
});

describe('another format', () => {
  it.each([
    ['program.pt', 'TorchScript', 'torch.jit.load'],
    ['arrays.npz', '.npz', 'save it as .h5'],
  ])('%s is called by its name, with a way out', async (name, format, nextStep) => {
    await expect(openWeights(wild(name))).rejects.toMatchObject({
      code: 'weights-unknown',
      message: expect.stringContaining(format) as unknown,
      nextStep: expect.stringContaining(nextStep) as unknown,
    });
  });

  it.each([
    ['net.onnx', [8, 7, 0x12, 7, ...Buffer.from('pytorch')], 'ONNX'],
    ['net.tflite', [0x1c, 0, 0, 0, ...Buffer.from('TFL3'), 0], 'TensorFlow Lite'],
    ['arrays.pkl', [0x80, 4, 0x7d, 0x2e], 'a pickle that torch.save did not write'],
  ])('%s, by its first bytes', async (name, bytes, format) => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.from(bytes));
    await expect(openWeights(path)).rejects.toMatchObject({
      code: 'weights-unknown',
      message: expect.stringContaining(format) as unknown,
    });
  });
});
