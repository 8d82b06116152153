import { writeSync } from 'node:fs';
import { provideFromWheels } from '../../../src-main/engine/provision/provideLibrary.ts';
import type { Wheel } from '../../../src-main/engine/provision/wheels.ts';

/**
 * A process that provides a library and prints each event as a line of JSON. At the event given it stands still, to be
 * killed there.
 */
const { target, wheels, haltAt } = JSON.parse(process.argv[2] ?? '') as {
  target: string;
  wheels: Wheel[];
  haltAt?: { stage: string; complete: boolean };
};

await provideFromWheels(target, wheels, {
  onProgress: (progress) => {
    writeSync(1, `${JSON.stringify(progress)}\n`);
    const complete = progress.doneBytes === progress.totalBytes;
    if (progress.stage === haltAt?.stage && complete === haltAt.complete) {
      writeSync(1, 'halted\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
  },
});
writeSync(1, 'provided\n');
