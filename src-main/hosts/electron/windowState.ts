import { readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';
import { writeFileAtomically } from '../../foundation/files.ts';

const stateSchema = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  maximised: z.boolean(),
});
type WindowState = z.infer<typeof stateSchema>;

/** How many pixels of the title bar must be on a screen, so that the window can be dragged. */
const minVisible = 80;

/** Where the window was when last closed, if the file can be read and the place is on a present screen. */
export function readWindowState(path: string, screens: readonly Rectangle[]): WindowState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return screens.some((screen) => canBeGrasped(state.bounds, screen)) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Stores the window's position and size when not maximised. */
export function writeWindowState(path: string, window: BrowserWindow): void {
  const state: WindowState = { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
  writeFileAtomically(path, `${JSON.stringify(state)}\n`);
}

function canBeGrasped({ x, y, width }: Rectangle, screen: Rectangle): boolean {
  const visible = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return visible >= minVisible && y >= screen.y && y <= screen.y + screen.height - minVisible;
}
