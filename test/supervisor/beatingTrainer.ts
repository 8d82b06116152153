import { openChannel } from '../../src-main/trainer/channel.ts';
import { startHeartbeat } from '../../src-main/trainer/heartbeat.ts';
import { toTrainerSchema } from '../../src-main/trainer/protocol.ts';

/* A process that gives signs of life as a trainer does, but computes nothing: it starts at once. It ends when asked to. */

const channel = openChannel();
channel.onMessage((raw) => {
  const { type } = toTrainerSchema.parse(raw);
  if (type === 'start') {
    const values = { 'train/loss': 1 };
    channel.send({ type: 'event', event: { type: 'metrics', step: 1, epoch: 0, seconds: 1, values } });
    startHeartbeat(() => {
      channel.send({ type: 'alive' });
    });
  }
  if (type === 'stop') channel.send({ type: 'done', status: 'interrupted' });
  if (type === 'leave') process.exit(0);
});
channel.onClose(() => process.exit(0));
