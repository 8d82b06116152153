import { describe, expect, it } from 'vitest';
import { planStudy } from '../../../src-main/studies/plan.ts';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { memoryOf } from '../../../src-main/workbench/preview/cost.ts';
import { requireRoomOn, sharingOn } from '../../../src-main/workbench/preview/sharing.ts';

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

  it('does as it is asked, with a thread at least', () => {
    expect(sharingOn(machine(8, 1), 3, quick)).toEqual({ atOnce: 3, threads: 2 });
    expect(sharingOn(machine(2, 8), 3, quick)).toEqual({ atOnce: 3, threads: 1 });
    expect(sharingOn(machine(8, 64), 1, quick)).toEqual({ atOnce: 1, threads: null });
  });
});

describe('room for runs side by side', () => {
  const sizes = paper.map(({ config }) => memoryOf(config)).sort((one, other) => other - one);
  const [largest = 0, second = 0, third = 0] = sizes;
  const room = (memoryBytes: number, parallel: number) => () => {
    requireRoomOn({ memoryBytes, gpus: [] }, parallel, paper);
  };

  it('is for as many as the machine has memory for, the largest counted', () => {
    expect(room(largest + second, 2)).not.toThrow();
    expect(room(largest + second - 1, 2)).toThrow(
      expect.objectContaining({
        code: 'parallel-beyond-memory',
        nextStep: expect.stringMatching(/^Train one at a time, without --parallel, or/) as string,
      }),
    );
    expect(room(largest + second + third - 1, 3)).toThrow(
      expect.objectContaining({ nextStep: expect.stringMatching(/^Train at most 2 at once, or/) as string }),
    );
    // No more than there are runs.
    const all = sizes.reduce((sum, bytes) => sum + bytes, 0);
    expect(room(all, 16)).not.toThrow();
  });

  it('is not asked of one run, which is a person’s own choice, nor of a GPU, whose memory counts', () => {
    expect(room(1, 1)).not.toThrow();
    const gpus = [{ name: 'a GPU', memoryBytes: 80e9, driver: '1' }];
    expect(() => {
      requireRoomOn({ memoryBytes: 1, gpus }, 2, paper);
    }).not.toThrow();
  });
});
