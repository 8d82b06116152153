import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readWindowState } from '../../../src-main/hosts/electron/windowState.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 200, width: 1280, height: 1024 };

function saved(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vgg-window-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'window.json');
  writeFileSync(path, text);
  return path;
}

const stateAt = (x: number, y: number) => ({ bounds: { x, y, width: 1000, height: 700 }, maximised: false });

it.each([
  ['in the middle of a screen', 400, 200],
  ['over two screens', 1500, 300],
  ['on the second screen', 2100, 300],
  ['with 80 pixels of its title bar left of nothing', -920, 0],
  ['with 80 pixels of its title bar right of nothing', 3120, 500],
])('opens a window again %s', (_where, x, y) => {
  const state = stateAt(x, y);
  expect(readWindowState(saved(JSON.stringify(state)), [left, right])).toEqual(state);
});

it.each([
  ['on a screen that is gone', 5000, 300],
  ['with its title bar above the screen', 400, -10],
  ['with its title bar below the screen', 400, 1001],
  ['with less than can be grasped', -921, 0],
])('leaves a place %s', (_where, x, y) => {
  expect(readWindowState(saved(JSON.stringify(stateAt(x, y))), [left, right])).toBeUndefined();
});

it.each(['', '{', '{"bounds":{"x":0,"y":0,"width":"wide","height":700},"maximised":false}'])(
  'leaves a file that is damaged: %s',
  (text) => {
    expect(readWindowState(saved(text), [left])).toBeUndefined();
  },
);
