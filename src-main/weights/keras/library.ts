import type * as Hdf5 from 'h5wasm/node';

export type Library = typeof Hdf5;

let current: Promise<Library> | undefined;
let generation = 0;
/** How many open files each instance has. */
const uses = new Map<Library, number>();
const discarded = new Set<Library>();

/**
 * The HDF5 library, loaded when the first file is opened, because it takes megabytes; to be given back by
 * {@link releaseLibrary}. It keeps a damaged file open, and may have trapped in it, so that after {@link discardLibrary}
 * another instance is made.
 */
export async function takeLibrary(): Promise<Library> {
  const library = await (current ??= load(generation));
  uses.set(library, (uses.get(library) ?? 0) + 1);
  return library;
}

/** To call once for each {@link takeLibrary}. */
export function releaseLibrary(library: Library): void {
  const left = (uses.get(library) ?? 1) - 1;
  uses.set(library, left);
  if (left === 0 && discarded.has(library)) empty(library);
}

/** To call after any error of the library, before it is released: the next file is opened by a new instance. */
export function discardLibrary(library: Library): void {
  if (discarded.has(library)) return;
  discarded.add(library);
  current = undefined;
  generation += 1;
}

async function load(generation: number): Promise<Library> {
  // Node makes a module anew for each address.
  const library: Library =
    generation === 0
      ? await import('h5wasm/node')
      : ((await import(`${import.meta.resolve('h5wasm/node')}?${generation}`)) as Library);
  const module = await library.ready;
  // Errors become exceptions instead of texts on the terminal.
  module.activate_throwing_error_handler();
  return library;
}

/** Node keeps a module for ever, so that its memory is let go of only if nothing in it leads there. */
function empty(library: Library): void {
  uses.delete(library);
  discarded.delete(library);
  for (const part of [library.Module, library.FS]) {
    if (part !== null) for (const key of Reflect.ownKeys(part)) Reflect.deleteProperty(part, key);
  }
}
