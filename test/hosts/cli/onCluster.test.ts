import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { performHere } from './performHere.ts';

const small = ['--data', 'fashion-mnist-small', 'network.width=0.0625', 'network.crop=32'];

/** A data folder with a cluster `test`, where there is no Slurm. */
function aPlace() {
  const folder = temporaryFolder();
  const environment = { VGG_HOME: join(folder, 'home'), VGG_TENSORFLOW: '', PATH: folder };
  mkdirSync(environment.VGG_HOME);
  writeFileSync(join(environment.VGG_HOME, 'clusters.yaml'), 'test: { scheduler: slurm }');
  return { folder, environment };
}

/** What a command says that is refused before anything is made. */
async function refusal(...words: string[]): Promise<string> {
  const place = aPlace();
  const { code, stderr } = await performHere(place, words);
  expect(code, stderr).toBe(2);
  expect(JSON.parse((await performHere(place, ['runs', '--json'])).stdout)).toEqual([]);
  expect(stderr).not.toContain('Study 2');
  return stderr;
}

it('does nothing here of what was meant for a cluster', async () => {
  for (const options of [['--detach'], ['--time', '1:00:00'], ['--gpus', '1'], ['--sbatch', '--qos=low']]) {
    expect(await refusal('train', ...small, ...options)).toContain(`${options[0] ?? ''} needs --on`);
    expect(await refusal('reproduce', ...small, ...options)).toContain('needs --on');
  }
});

it('refuses an unknown cluster and an unreadable time limit before it makes a run or study', async () => {
  for (const command of [['train'], ['reproduce'], ['study', 'width-depth']]) {
    expect(await refusal(...command, ...small, '--on', 'nonesuch')).toContain('cluster-unknown');
    expect(await refusal(...command, ...small, '--on', 'test', '--time', '3h')).toContain(
      'hours:minutes:seconds',
    );
  }
});

it('says of what is on no cluster that it is on none', async () => {
  const place = aPlace();
  const made = await performHere(place, ['train', ...small, '--on', 'test', '--json']);
  expect(made.stderr).toContain('scheduler-missing');
  const run = /"run":"([^"]+)"/.exec(made.stdout)?.[1] ?? '';
  expect((await performHere(place, ['cluster', 'cancel', run])).stderr).toContain(`${run} is on no cluster.`);
});
