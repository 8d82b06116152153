import process from 'node:process';

/** V8 makes room for many young objects, and lets old ones double before it collects, while the machine has memory to spare. */
const flags = ['--max-semi-space-size=1', '--heap-growing-percent=20'];
/**
 * The C library keeps memory that was freed for each thread that has freed any, and large pieces too once a few were freed;
 * other C libraries pass over these names.
 */
const allocation = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

/**
 * Starts a program anew in this process, with little memory beside what it uses, as befits a server that is up for days;
 * returns where that cannot be or is done. Programs that it starts do not inherit it: a trainer needs its speed.
 *
 * @param program path of a module
 */
export function startLean(program: string): void {
  if (flags.every((flag) => process.execArgv.includes(flag))) {
    process.execArgv.splice(0, Infinity, ...process.execArgv.filter((word) => !flags.includes(word)));
    for (const name of Object.keys(allocation)) Reflect.deleteProperty(process.env, name);
    return;
  }
  // Windows has no such call.
  if (!process.execve) return;
  const words = [process.execPath, ...process.execArgv, ...flags, program, ...process.argv.slice(2)];
  process.execve(process.execPath, words, { ...process.env, ...allocation });
}
