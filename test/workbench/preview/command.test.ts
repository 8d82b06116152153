import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import type { TrainScale } from '../../../src-main/vocabulary/scales.ts';
import { dataHome } from '../../../src-main/foundation/home.ts';
import { studyCommand, trainCommand } from '../../../src-main/workbench/preview/command.ts';
import { resolveSources } from '../../../src-main/workbench/inputs/configSources.ts';

function commandOf(overrides: string[], preset?: string, home = dataHome()): string {
  const input = { preset, overrides };
  const config = resolveSources(input, '');
  const sources = preset === undefined ? { overrides } : { preset: presetOf(preset), overrides };
  return trainCommand({ home, preset, file: undefined, sources, config });
}

function presetOf(preset: string) {
  return resolveSources({ preset, overrides: [] }, '');
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
  expect(commandOf(['training.epochs=4', 'training.batch=16'], 'quick')).toBe(
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
  './~',
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

it.each<[string, (TrainScale | undefined)[], string[]]>([
  ['left to the formats', [undefined, undefined], []],
  ['given once where it is one', [256, 256], ['256']],
  ['given for each otherwise', [undefined, [256, 512]], ['own', '256-512']],
])('the S of weights for a study is %s', (_, trainedAt, named) => {
  const weights = trainedAt.map((scale, index) => ({ path: `${index}.pth`, trainedAt: scale }));
  const command = studyCommand(dataHome(), { preset: 'paper-evaluation', weights, overrides: [] });
  expect(wordsOf(command ?? '').slice(8)).toEqual([
    ...['--weights', '0.pth', '--weights', '1.pth'],
    ...named.flatMap((scale) => ['--trained-at', scale]),
  ]);
});
