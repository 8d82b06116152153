import { openChannel } from '../../src-main/trainer/channel.ts';
import { startHeartbeat } from '../../src-main/trainer/heartbeat.ts';

/*
 * A process whose event loop never turns again, as in a long step. It beats once in the midst of it, and the beat has to
 * leave the process without a turn of the loop.
 */

const channel = openChannel();
channel.onMessage(() => {
  const beat = startHeartbeat(() => {
    channel.send({ type: 'alive' });
  });
  beat();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
