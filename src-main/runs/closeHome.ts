import { makePrivate, keepPrivate } from '../foundation/privateFolders.ts';

/** What the workbench itself makes in a data folder. */
const own =
  /^(workbench\.sqlite.*|(runs|studies|tables|window|cluster|uploads|downloads)|(settings|rates|queue|window)\.json.*|browser-(token|secret).*)$/;

/** Makes a data folder its owner's alone, also one that others could read so far. */
export function closeHome(home: string): void {
  keepPrivate(home);
  makePrivate(home, (name) => own.test(name));
}
