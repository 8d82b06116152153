import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { deviceFacts } from '../../engine/device.ts';
import { findEngine } from '../../engine/provision/provideEngine.ts';
import { writeFileAtomically } from '../../foundation/files.ts';
import { RunFolder } from '../../runs/folder/RunFolder.ts';
import { isLocked } from '../../runs/folder/RunLock.ts';
import { describeEnvironment } from '../../supervisor/environment.ts';
import type { JobFacts } from '../node/JobFacts.ts';
import type { CheckFolder, ProbeAnswer } from './answers.ts';

const blockMegabytes = 64;
const millisecondsBetweenLooks = 50;
const mostSeconds = 120;

/** What a probe job does on its node: says what is there, and measures the way to the login and back. */
export async function probe(folder: CheckFolder, { node, threads }: JobFacts): Promise<void> {
  const [engine, { gpus }, { workbench, commit }] = await Promise.all([
    findEngine(),
    deviceFacts(),
    describeEnvironment(),
  ]);
  const answer: ProbeAnswer = {
    node,
    version: workbench,
    commit,
    engine: engine ? `${engine.version}, ${engine.build}` : null,
    gpus: gpus.map(({ name }) => name),
    threads,
    locksTwice: !isLocked(new RunFolder(folder.path)),
    megabytesPerSecond: writeSpeed(folder),
    now: Date.now(),
  };
  const began = performance.now();
  writeFileAtomically(folder.answer, JSON.stringify(answer));
  const seconds = () => (performance.now() - began) / 1000;
  while (!existsSync(folder.seen) && seconds() < mostSeconds) await sleep(millisecondsBetweenLooks);
  const lag = existsSync(folder.seen) ? seconds() : null;
  writeFileAtomically(folder.lag, JSON.stringify({ seconds: lag }));
}

/** How fast a checkpoint could be written, to the disk itself. */
function writeSpeed({ block }: CheckFolder): number {
  const megabyte = Buffer.alloc(1 << 20, 1);
  const file = openSync(block, 'w');
  const began = performance.now();
  try {
    for (let count = 0; count < blockMegabytes; count++) writeSync(file, megabyte);
    fsyncSync(file);
  } finally {
    closeSync(file);
    rmSync(block);
  }
  return blockMegabytes / ((performance.now() - began) / 1000);
}
