import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { caseOf } from './fuzzCase.ts';
import { wholeNumber } from '../support/wholeNumber.ts';
import { parsers } from './parsers.ts';
import { fromWorkerSchema } from './message.ts';

/*
 * Damages files of every format that the workbench reads, and has them read: each must give a value or an error that a
 * person is meant to read, within 10 seconds and 1 GB. Files that do not are kept in a folder, with their seed and number.
 *
 *     npm run fuzz -- --minutes 10 [--seed 7] [--only yaml] [--out fuzz-failures]
 */

const millisecondsOfCase = 10_000;

const values = new Command('npm run fuzz --')
  .description(
    'Damages files of every format that is read, until one ends in anything but a value or an error.',
  )
  .option('--minutes <COUNT>', 'for all formats together', wholeNumber(1), 1)
  .option('--seed <NUMBER>', 'of the damages', wholeNumber(0), Date.now() % 1_000_000)
  .addOption(new Option('--only <FORMAT>', 'one format alone').choices(Object.keys(parsers)))
  .option('--out <FOLDER>', 'for the files that failed', 'fuzz-failures')
  .parse()
  .opts<{ minutes: number; seed: number; only?: string; out: string }>();
const { seed } = values;
const chosen = Object.keys(parsers).filter((name) => values.only === undefined || name === values.only);
const milliseconds = (values.minutes * 60_000) / chosen.length;

process.stdout.write(`Seed ${seed}\n`);
let failures = 0;
for (const name of chosen) failures += await fuzz(name, Date.now() + milliseconds);
process.exitCode = failures === 0 ? 0 : 1;

/** Goes on after a case that ends or blocks the process. @returns how many failed */
async function fuzz(name: string, until: number): Promise<number> {
  let next = 0;
  let failed = 0;
  while (Date.now() < until) {
    const { ended, failure } = await readUntil(name, next, until);
    if (failure !== undefined) {
      failed++;
      await keep(name, ended, failure);
    }
    next = ended + 1;
  }
  process.stdout.write(`${name}: ${next} cases, ${failed} failed\n`);
  return failed;
}

/** Reads one case after the other in a process of its own, until one fails or the time is over. */
function readUntil(name: string, first: number, until: number): Promise<{ ended: number; failure?: string }> {
  return new Promise((settle) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [name, String(seed), String(first)], {
      execArgv: ['--max-old-space-size=1024'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let current = first;
    let answer: { ended: number; failure?: string } | undefined;
    let patience: NodeJS.Timeout | undefined;
    const end = (result: { ended: number; failure?: string }) => {
      answer ??= result;
      child.kill('SIGKILL');
    };
    child.on('message', (message) => {
      clearTimeout(patience);
      const parsed = fromWorkerSchema.parse(message);
      if ('begun' in parsed) {
        current = parsed.begun;
        patience = setTimeout(() => {
          end({ ended: current, failure: `It takes more than ${millisecondsOfCase / 1000} seconds.` });
        }, millisecondsOfCase);
      } else if (parsed.failure !== null) end({ ended: parsed.ended, failure: parsed.failure });
      else if (Date.now() >= until) end({ ended: parsed.ended });
    });
    child.on('close', (code, signal) => {
      clearTimeout(patience);
      settle(answer ?? { ended: current, failure: `It ends the process (${signal ?? code ?? ''}).` });
    });
  });
}

async function keep(name: string, index: number, failure: string): Promise<void> {
  const folder = resolve(values.out, `${name.replaceAll(' ', '-')}-${seed}-${index}`);
  const { changed, bytes } = caseOf((await parsers[name]?.seeds()) ?? [], seed, index);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, basename(changed)), bytes);
  writeFileSync(join(folder, 'failure.txt'), `${changed}\n${failure}\n`);
  process.stdout.write(`${folder}\n  ${failure.split('\n')[0] ?? ''}\n`);
}
