import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import { dataHome } from '../../../src-main/foundation/home.ts';
import { trainCommand } from '../../../src-main/workbench/preview/command.ts';
import { resolveLayers } from '../../../src-main/workbench/handlers/layers.ts';

function commandOf(overrides: string[], preset?: string, home = dataHome()): string {
  const input = { preset, overrides };
  const config = resolveLayers(input);
  const layers = preset === undefined ? { overrides } : { preset: presetOf(preset), overrides };
  return trainCommand({ home, preset, file: undefined, layers, config });
}

function presetOf(preset: string) {
  return resolveLayers({ preset, overrides: [] });
}

/** The words as the shell hands them on. */
function wordsOf(command: string): string[] {
  const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  return printed.split('\0').slice(0, -1);
}

it.each([
  [[], []],
  [['network.crop=56'], ['network.crop=56']],
  [['network.config=D', 'training.batch=256'], []],
  [['network.crop=56', 'data.trainScale=64'], ['network.crop=56']],
  [
    ['data.trainScale=64-128', 'network.crop=56'],
    ['data.trainScale=64-128', 'network.crop=56'],
  ],
  [['evaluation.testScales=[384]', 'data.trainScale=[256, 512]'], ['data.trainScale=256-512']],
  [['evaluation.testScales=[256,384]'], ['evaluation.testScales=256,384']],
  [
    ['training.batch=8', 'training.batch=16', 'training.plateau={drops: 1}'],
    ['training.batch=16', 'training.plateau.drops=1'],
  ],
] as const)('of %j says only %j', (overrides, said) => {
  expect(wordsOf(commandOf([...overrides])).slice(6)).toEqual(said);
});

it('leaves out what the preset says', () => {
  expect(commandOf(['training.epochs=6', 'training.batch=16'], 'quick')).toBe(
    'npm run -s vgg -- train --preset quick training.batch=16',
  );
  expect(commandOf([], undefined, join('/data', 'my runs'))).toBe(
    "npm run -s vgg -- train --home '/data/my runs'",
  );
});

it.each([
  'my photos',
  "it's $HOME",
  '`x`; rm "y" \\',
  '2024',
  'null',
  '~',
  'a: b',
  '[x',
  'true #1',
  "'quoted'",
  'später',
])('survives the shell and YAML: %s', (path) => {
  const overrides = [
    `data.dataset=${JSON.stringify(path)}`,
    `initialisation.from=${JSON.stringify(path)}`,
    'data.mean=1.5,2,3',
    'network.classes=12',
    'training.microBatch=null',
    'training.learningRate=1e-7',
  ];
  const config = resolveRunConfig({ overrides });
  expect(config.data.dataset).toBe(path);
  const words = wordsOf(commandOf(overrides));
  expect(words.slice(0, 6)).toEqual(['npm', 'run', '-s', 'vgg', '--', 'train']);
  expect(resolveRunConfig({ overrides: words.slice(6) })).toEqual(config);
});
