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

/** The words of each command as the shell hands them on: one shell for all, since each takes long to start. */
function wordsOfEach(commands: readonly string[]): string[][] {
  const script = commands.map((command) => `printf '%s\\0' ${command}\nprintf '\\036'\n`).join('');
  const printed = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
  return printed
    .split('\u001e')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

const short: [string[], string[]][] = [
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
];
const wordsOfShort = wordsOfEach(short.map(([overrides]) => commandOf(overrides)));

it.each(short.map((each, index) => [...each, index] as const))('of %j says only %j', (_, said, index) => {
  expect(wordsOfShort[index]?.slice(6)).toEqual(said);
});

it('leaves out what the preset says', () => {
  expect(commandOf(['training.epochs=4', 'training.batch=16'], 'quick')).toBe(
    'npm run -s vgg -- train --preset quick training.batch=16',
  );
  expect(commandOf([], undefined, join('/data', 'my runs'))).toBe(
    "npm run -s vgg -- train --home '/data/my runs'",
  );
});

const paths = [
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
];

function overridesWith(path: string): string[] {
  return [
    `data.dataset=${JSON.stringify(path)}`,
    `initialisation.from=${JSON.stringify(path)}`,
    'data.mean=1.5,2,3',
    'network.classes=12',
    'training.microBatch=null',
    'training.learningRate=1e-7',
  ];
}

const wordsWithPaths = wordsOfEach(paths.map((path) => commandOf(overridesWith(path))));

it.each(paths.map((path, index) => [path, index] as const))(
  'survives the shell and YAML: %s',
  (path, index) => {
    const config = resolveRunConfig({ overrides: overridesWith(path) });
    expect(config.data.dataset).toBe(path);
    const words = wordsWithPaths[index] ?? [];
    expect(words.slice(0, 6)).toEqual(['npm', 'run', '-s', 'vgg', '--', 'train']);
    expect(resolveRunConfig({ overrides: words.slice(6) })).toEqual(config);
  },
);

it.each<[string, (TrainScale | undefined)[], string[]]>([
  ['left to the formats', [undefined, undefined], []],
  ['given once where it is one', [256, 256], ['256']],
  ['given for each otherwise', [undefined, [256, 512]], ['own', '256-512']],
])('the S of weights for a study is %s', (_, trainedAt, named) => {
  const weights = trainedAt.map((scale, index) => ({ path: `${index}.pth`, trainedAt: scale }));
  const command = studyCommand(dataHome(), { preset: 'paper-evaluation', weights, overrides: [] });
  expect(wordsOfEach([command ?? ''])[0]?.slice(8)).toEqual([
    ...['--weights', '0.pth', '--weights', '1.pth'],
    ...named.flatMap((scale) => ['--trained-at', scale]),
  ]);
});
