import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tensorflow } from '../../src-main/engine/tensorflow.ts';
import {
  dropLaterEpochs,
  keepAsBest,
  keepEpoch,
  lacksBest,
  lacksEpoch,
  readCheckpoint,
  readState,
  restoreVelocities,
  saveCheckpoint,
} from '../../src-main/training/checkpoint.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';
import { checkpointKindsIn, checkpointPath } from '../../src-main/training/checkpointFiles.ts';
import { aRunState } from '../support/aRunState.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenParameters } from '../support/golden.ts';

let folder: string;
beforeAll(openTestEngine);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const state = aRunState({ classes: ['cat', 'dog', 'emu'], epoch: 1, stepInEpoch: 2 });

function trained() {
  const parameters = goldenParameters('A', goldenFile('A'));
  const optimiser = new MomentumSgd(parameters.variables(), { momentum: 0.9, weightDecay: 0 });
  for (const variable of parameters.variables()) {
    optimiser.apply(variable, tensorflow().tf.randomNormal([...variable.shape]), 0.01);
  }
  return { parameters, optimiser };
}

describe('checkpoints', () => {
  it('bring back state and velocities to the bit', () => {
    const { parameters, optimiser } = trained();
    saveCheckpoint(folder, parameters, optimiser, state);
    expect(readState(folder, 'last')).toEqual(state);
    const restored = new MomentumSgd(parameters.variables(), { momentum: 0.9, weightDecay: 0 });
    restoreVelocities(folder, parameters, restored);
    for (const variable of parameters.variables()) {
      const [before, after] = [optimiser, restored].map((each) =>
        each.velocityOf(variable)?.with((value) => value.dataSync<'float32'>()),
      );
      expect(after).toEqual(before);
    }
  });

  it("can be read by anything that reads safetensors with torchvision's names", () => {
    const { parameters, optimiser } = trained();
    saveCheckpoint(folder, parameters, optimiser, state);
    const file = new SafetensorsFile(checkpointPath(folder, 'last'));
    expect(file.tensors.get('features.0.weight')?.shape).toEqual([4, 3, 3, 3]);
    expect(file.tensors.get('momentum.classifier.6.weight')?.shape).toEqual([10, 256]);
  });

  it('keep the best when the last is replaced, and leave no other file behind', () => {
    const { parameters, optimiser } = trained();
    saveCheckpoint(folder, parameters, optimiser, state);
    keepAsBest(folder);
    const best = readFileSync(checkpointPath(folder, 'best'));
    const [first] = parameters.variables();
    if (first) optimiser.apply(first, tensorflow().tf.ones([3, 3, 3, 4]), 1);
    saveCheckpoint(folder, parameters, optimiser, { ...state, step: 13 });
    expect(readFileSync(checkpointPath(folder, 'best'))).toEqual(best);
    expect(readState(folder, 'best')?.step).toBe(12);
    expect(readState(folder, 'last')?.step).toBe(13);
    expect(readdirSync(folder).sort()).toEqual(['best.safetensors', 'last.safetensors']);
  });

  it('know when a kill came before the best was kept', () => {
    const { parameters, optimiser } = trained();
    const improved = { ...state, best: { top1Error: 40, loss: 1, step: state.step } };
    saveCheckpoint(folder, parameters, optimiser, improved);
    expect(lacksBest(folder, improved)).toBe(true);
    keepAsBest(folder);
    expect(lacksBest(folder, improved)).toBe(false);
    const later = { ...improved, step: state.step + 1 };
    saveCheckpoint(folder, parameters, optimiser, later);
    expect(lacksBest(folder, later)).toBe(false);
    const better = { ...later, best: { top1Error: 30, loss: 1, step: later.step } };
    saveCheckpoint(folder, parameters, optimiser, better);
    expect(lacksBest(folder, better)).toBe(true);
  });

  it('leave nothing behind when the best cannot be replaced', () => {
    const { parameters, optimiser } = trained();
    saveCheckpoint(folder, parameters, optimiser, state);
    mkdirSync(checkpointPath(folder, 'best'));
    expect(() => {
      keepAsBest(folder);
    }).toThrow(expect.objectContaining({ code: 'write-failed' }));
    expect(readdirSync(folder).sort()).toEqual(['best.safetensors', 'last.safetensors']);
  });

  it('that hold no state are refused with a way out; none is none', () => {
    expect(readState(folder, 'last')).toBeUndefined();
    writeFileSync(checkpointPath(folder, 'last'), readFileSync(goldenFile('A').path));
    expect(() => readState(folder, 'last')).toThrow(expect.objectContaining({ code: 'checkpoint-damaged' }));
  });
});

describe('weights kept after epochs', () => {
  it('are due every so many epochs, once each, and hold the weights alone with their net and state', () => {
    const { parameters, optimiser } = trained();
    const after = (epoch: number, stepInEpoch = 0) => ({ ...state, epoch, stepInEpoch });
    const due = (every: number | null) =>
      [0, 1, 2, 3, 4].filter((epoch) => lacksEpoch(folder, every, after(epoch)));
    expect(due(2)).toEqual([2, 4]);
    expect(due(null)).toEqual([]);
    expect(lacksEpoch(folder, 2, after(2, 1)), 'in the middle of an epoch').toBe(false);

    const bytes = keepEpoch(folder, parameters, after(2));
    expect(due(2)).toEqual([4]);
    const path = checkpointPath(folder, 'epoch-0002');
    expect(readCheckpoint(path)).toEqual({ architecture: parameters.architecture, state: after(2) });
    const file = new SafetensorsFile(path);
    expect(file.tensors.size).toBe(parameters.variables().length);
    file.close();
    expect(bytes).toBeLessThan(saveCheckpoint(folder, parameters, optimiser, state) * 0.6);
    parameters.dispose();
    optimiser.dispose();
  });

  it('of later epochs than a run goes on from are dropped; the order is that of the epochs', () => {
    const { parameters, optimiser } = trained();
    for (const epoch of [10000, 3, 2]) keepEpoch(folder, parameters, { ...state, epoch });
    saveCheckpoint(folder, parameters, optimiser, state);
    writeFileSync(join(folder, 'epoch-12.safetensors'), 'of someone else');
    expect(checkpointKindsIn(folder)).toEqual(['last', 'epoch-0002', 'epoch-0003', 'epoch-10000']);
    dropLaterEpochs(folder, { ...state, epoch: 2 });
    expect(checkpointKindsIn(folder)).toEqual(['last', 'epoch-0002']);
    parameters.dispose();
    optimiser.dispose();
  });
});
