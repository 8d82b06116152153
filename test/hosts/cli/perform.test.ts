import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { performHere } from './performHere.ts';
import { errorLineSchema } from './support.ts';

test.each([
  ['train --epoch 3', 'usage', '--epoch', '--epochs'],
  ['trian', 'usage', 'trian', 'train'],
  ['resume', 'usage', 'run', '--help'],
  ['table 7', 'usage', '7', '--help'],
  ['reproduce --study x --fresh', 'usage', '--fresh', '--help'],
  ['train training.epoch=3', 'unknown-key', 'training.epoch', 'training.epochs'],
  ['train --epochs many', 'invalid-value', 'many', 'whole number'],
  ['train --crop 56 --train-scale 48', 'invalid-value', '48', '56'],
  ['train --mean 1,2', 'invalid-value', 'data.mean', 'training-set'],
  ['train --config F', 'invalid-value', 'F', 'A-LRN'],
  ['train --data nowhere', 'dataset-not-found', 'nowhere', 'train/CLASS'],
  ['train --preset huge', 'preset-unknown', 'huge', 'quick'],
  ['train --file nowhere.yaml', 'config-not-found', 'nowhere.yaml', 'path'],
  ['train --from nowhere.safetensors', 'initial-weights-missing', 'nowhere.safetensors', 'path'],
  ['resume 2026', 'run-not-found', '2026', 'no runs'],
  ['runs list --status gone', 'status-unknown', 'gone', 'finished'],
  ['table 3', 'study-not-found', 'no study', 'reproduce'],
  ['claims --claims nowhere.yaml', 'claims-unreadable', 'nowhere.yaml', 'resources/claims/paper.yaml'],
  ['claims --study x --runs y', 'usage', '--runs', '--help'],
  ['claims compare 2026 2027', 'run-not-found', '2026', 'no runs'],
  ['report --out x.html', 'study-not-found', 'no study', 'reproduce'],
  ['reproduce --data nowhere', 'dataset-not-found', 'nowhere', 'train/CLASS'],
  ['reproduce network.config=D', 'override-owned-by-study', 'network.config', 'npm run -s vgg -- train'],
  ['reproduce --seeds 1,two', 'usage', '1,two', '--help'],
  ['plan --on mine', 'cluster-unknown', 'mine', 'docs/cluster.md'],
  ['plan --on mine --seeds 1,two', 'usage', '1,two', '--help'],
  ['reproduce --study x --seeds 1', 'usage', '--seeds', '--help'],
  ['reproduce network.crop=60', 'scale-not-whole', '60', '56'],
  ['reproduce --tables 3,9', 'usage', '9', '--help'],
  ['study nowhere', 'comparison-unknown', 'nowhere', 'width-depth'],
  ['study width-depth --study x', 'usage', '--study', '--help'],
  ['study --show', 'study-not-found', 'compares', 'npm run -s vgg -- study'],
  ['fuse 2026 2027', 'run-not-found', '2026', 'no runs'],
  ['runs export --folder x', 'nothing-to-export', 'No run', 'Name runs'],
  ['runs import nowhere.zip', 'import-missing', 'nowhere.zip', 'path'],
  ['describe F', 'invalid-input', 'config', '--help'],
  ['describe D --width wide', 'invalid-input', 'width', '--help'],
  ['data check nowhere', 'dataset-not-found', 'nowhere', 'train/CLASS'],
])('vgg %s is refused with its fact and the next step', async (command, code, fact, nextStep) => {
  const folder = temporaryFolder();
  const environment = { VGG_HOME: join(folder, 'home') };
  const ended = await performHere({ folder, environment }, [...command.split(' '), '--json']);
  expect(ended.code, ended.stdout + ended.stderr).toBe(2);
  expect(ended.stderr).not.toMatch(/^ +at /m);
  const { error } = errorLineSchema.parse(JSON.parse(ended.stdout));
  expect(ended.stderr).toContain(`Error: ${error.message}\n${error.nextStep} (${error.code})`);
  expect(error.code).toBe(code);
  expect(error.message).toContain(fact);
  expect(error.nextStep).toContain(nextStep);
});
