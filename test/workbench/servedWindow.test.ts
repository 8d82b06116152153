import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { ownerOf } from '../../src-main/runs/owner.ts';
import { plainHost } from '../../src-main/workbench/Host.ts';
import { noteServed, otherWindow } from '../../src-main/workbench/servedWindow.ts';
import { Workbench } from '../../src-main/workbench/Workbench.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

function open(home: string): Workbench {
  const workbench = new Workbench({ home, startTrainer: forkTrainer, host: plainHost('browser') });
  onTestFinished(() => workbench.close());
  return workbench;
}

/** A program that works through the queue of a folder: that which runs these tests. */
function ownQueue(home: string): void {
  const queue = { held: false, reason: null, current: null, waiting: [], owner: ownerOf(process.ppid) };
  writeFileSync(join(home, 'queue.json'), JSON.stringify(queue));
}

it('says where the window of the program is that a data folder is open in already, and what that means', () => {
  const home = temporaryFolder();
  ownQueue(home);
  writeFileSync(join(home, 'browser-server.json'), JSON.stringify({ ...ownerOf(process.ppid), port: 8486 }));
  const said = otherWindow(open(home), '/path/');
  expect(said).toContain(`Process ${process.ppid} on ${hostname()} works through the queue`);
  expect(said).toContain('http://127.0.0.1:8486/path/');
  expect(said).toContain('only the other trains');
});

it('leaves the address out where it is not known, or of a program that is gone', () => {
  const home = temporaryFolder();
  ownQueue(home);
  const workbench = open(home);
  expect(otherWindow(workbench, '/path/')).not.toContain('127.0.0.1');
  const gone = { ...ownerOf(process.ppid), started: 'another boot:1', port: 8486 };
  writeFileSync(join(home, 'browser-server.json'), JSON.stringify(gone));
  expect(otherWindow(workbench, '/path/')).not.toContain('127.0.0.1');
});

it('says nothing of a folder that no other program has, and the note of a port goes with its program', () => {
  const home = temporaryFolder();
  const takeBack = noteServed(home, 8486);
  expect(existsSync(join(home, 'browser-server.json'))).toBe(true);
  expect(otherWindow(open(home), '/path/')).toBeUndefined();
  takeBack();
  expect(existsSync(join(home, 'browser-server.json'))).toBe(false);
});
