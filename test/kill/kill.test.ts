import { expect, test } from 'vitest';
import { Draws } from '../../src-main/foundation/random.ts';
import { textTable } from '../../src-main/hosts/cli/output/textTable.ts';
import { Place, smallNet } from '../hosts/cli/support.ts';
import { differencesBetween, killedAgainAndAgain, undisturbed, victims } from '../support/killing.ts';

const times = Number(process.env.KILL_TIMES ?? 20);
const seed = Number(process.env.KILL_SEED ?? 1);
/** A run that is killed more often takes long to come to its end. */
const killsOfRun = 4;

const training = [
  ...smallNet,
  ...['--batch', '10', '--micro-batch', '5', '--epochs', '5'],
  ...['training.checkpointSeconds=0.2', 'training.statisticsEvery=3', 'training.keepEpochs=2'],
];

test(`trainings that are killed ${times} times end as undisturbed ones (seed ${seed})`, async () => {
  const place = await Place.make();
  const command = ['train', ...training, '--data', await place.dataset({ train: 8 }), '--json'];
  const expected = await undisturbed(place, command);
  const draws = new Draws(seed, 'crop');
  const rows: string[][] = [];
  for (let killed = 0; killed < times;) {
    const kills = Array.from(
      { length: Math.min(killsOfRun, times - killed) },
      () => victims[draws.integer(0, victims.length - 1)] ?? 'both',
    );
    const ended = await killedAgainAndAgain(place, command, { draws, kills, most: expected.changes * 0.6 });
    const differ = differencesBetween(place, ended.run, expected.run, [
      'last',
      'best',
      'epoch-0002',
      'epoch-0004',
    ]);
    killed += Math.max(1, ended.kills.length);
    const moments = ended.kills.map(({ victim, changes }) => `${victim} after ${changes}`).join(', ');
    rows.push([ended.run, String(killed), moments, differ.length === 0 ? 'equal' : differ.join(', ')]);
    process.stdout.write(`${killed} of ${times}\n`);
  }
  process.stdout.write(
    `${textTable(['Run', 'Kills>', 'Killed, in changes of its files', 'Weights and rows'], rows)}\n`,
  );
  expect(rows.map((row) => row[3])).toEqual(rows.map(() => 'equal'));
});
