import { parentPort, workerData } from 'node:worker_threads';
import { reportError } from '../foundation/errors.ts';
import { ImagePreparer } from './ImagePreparer.ts';
import type { ImageAnswer, ImageQuestion, ImageWorkerData } from './imageTasks.ts';

/** Entry of a thread of the pool: answers one question after the other. */
const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

const preparer = new ImagePreparer((workerData as ImageWorkerData).cacheBytes);
let turn = Promise.resolve();

port.on('message', (message: ImageQuestion) => {
  turn = turn.then(async () => {
    try {
      const answer = await preparer.answer(message);
      port.postMessage(
        { id: message.id, answer } satisfies ImageAnswer,
        answer instanceof Uint8Array ? [answer.buffer] : [],
      );
    } catch (error) {
      port.postMessage({ id: message.id, error: reportError(error) } satisfies ImageAnswer);
    }
  });
});
