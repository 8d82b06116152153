import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { planStudy } from '../../src-main/studies/plan.ts';
import { loadPreset, ownPresets, presetNames } from '../../src-main/studies/preset.ts';
import { savePreset } from '../../src-main/studies/savePreset.ts';
import { codeOf } from '../runs/fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const config = resolveRunConfig({
  overrides: [
    'network.crop=64',
    'network.width=0.5',
    'training.epochs=7',
    'training.seed=5',
    'data.dataset=photos',
  ],
});

describe("a preset of one's own", () => {
  it('is saved whole, without what belongs to one run, and studies and runs take it by name', () => {
    const home = temporaryFolder();
    savePreset(home, { name: 'mine', description: 'half as wide', config });
    expect(presetNames(home)).toContain('mine');
    expect(presetNames()).not.toContain('mine');
    const preset = loadPreset('mine', home);
    expect(preset).toMatchObject({ description: 'half as wide', seeds: [5] });
    expect(
      resolveRunConfig({ preset: preset.base, overrides: ['training.seed=5', 'data.dataset=photos'] }),
    ).toEqual(config);
    const plan = planStudy(preset, 'photos', []);
    expect(plan).toHaveLength(12);
    expect(
      plan.every((run) => run.config.training.epochs === 7 && run.config.training.schedule === 'linear'),
    ).toBe(true);
  });

  it('may be any file, without description and seeds', () => {
    const path = join(temporaryFolder(), 'other.yaml');
    writeFileSync(path, 'base: { network: { crop: 112 } }\n');
    expect(loadPreset(path)).toMatchObject({ seeds: [1], base: { network: { crop: 112 } } });
  });

  it('takes no name of one that ships, and none that is a path', () => {
    const home = temporaryFolder();
    for (const name of ['quick', '../mine', 'a b', '']) {
      expect(
        codeOf(() => savePreset(home, { name, description: '', config })),
        name,
      ).toBe('preset-name');
    }
  });

  it('that is none is refused by what is wrong with it', () => {
    const home = temporaryFolder();
    mkdirSync(ownPresets(home));
    const path = join(ownPresets(home), 'odd.yaml');
    writeFileSync(path, 'seeds: many\n');
    expect(codeOf(() => loadPreset('odd', home))).toBe('preset-unreadable');
    writeFileSync(path, 'base: [');
    expect(codeOf(() => loadPreset('odd', home))).toBe('invalid-yaml');
    expect(codeOf(() => loadPreset(join(home, 'none.yaml')))).toBe('preset-unreadable');
  });
});
