import { describe, expect, it } from 'vitest';
import { planStudy } from '../../../src-main/studies/plan.ts';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { sharingOn } from '../../../src-main/workbench/preview/sharing.ts';

const quick = planStudy(loadPreset('quick'), 'fashion-mnist', []);
const paper = planStudy(loadPreset('paper'), 'photographs', []);
const machine = (cores: number, gigabytes: number) => ({
  cpu: { model: 'a processor', cores, features: [] },
  memoryBytes: gigabytes * 1e9,
  gpus: [],
});

describe('how the runs of a study share a machine', () => {
  it('gives each of small ones its part of the cores', () => {
    expect(sharingOn(machine(2, 8), 'auto', quick)).toEqual({ atOnce: 2, threads: 1 });
    expect(sharingOn(machine(16, 64), 'auto', quick)).toEqual({ atOnce: 4, threads: 4 });
  });

  it('trains one at a time, on all cores, where there is one core, or memory or the GPU for one', () => {
    const alone = { atOnce: 1, threads: null };
    expect(sharingOn(machine(1, 8), 'auto', quick)).toEqual(alone);
    expect(sharingOn(machine(8, 16), 'auto', paper)).toEqual(alone);
    const gpus = [{ name: 'a GPU', memoryBytes: 80e9, driver: '1' }];
    expect(sharingOn({ ...machine(8, 64), gpus }, 'auto', quick)).toEqual(alone);
  });

  it('does as it is told, with a thread at least', () => {
    expect(sharingOn(machine(8, 1), 3, quick)).toEqual({ atOnce: 3, threads: 2 });
    expect(sharingOn(machine(2, 8), 3, quick)).toEqual({ atOnce: 3, threads: 1 });
    expect(sharingOn(machine(8, 64), 1, quick)).toEqual({ atOnce: 1, threads: null });
  });
});
