import type * as Hdf5 from 'h5wasm/node';

export type Library = typeof Hdf5;

let current: Promise<Library> | undefined;
let generation = 0;

/**
 * The HDF5 library, loaded when the first file is opened, because it takes megabytes. It keeps a damaged file open, and
 * may have trapped in it, so that after {@link discardLibrary} another instance is made.
 */
export function hdf5Library(): Promise<Library> {
  current ??= load(generation);
  return current;
}

/** To call after any error of the library: the next file is opened by a new instance. */
export function discardLibrary(): void {
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
