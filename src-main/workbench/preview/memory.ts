import type { NetworkDescription } from '../../vgg/describe.ts';

/** Node and TensorFlow before the first image. */
const bytesOfProcess = 500e6;

/**
 * An estimate of a trainer's greatest resident memory in bytes. It counts
 *
 * - the process with its libraries,
 * - weights and velocities, and the gradients once more where they add up over micro-batches,
 * - twice the largest layer's weights: its gradient and what its update needs beside that,
 * - all outputs of one micro-batch, which the backward pass needs, and twice the largest of them for the gradients in flight.
 *
 * Images that wait and the evaluation are not counted. The four measurements of docs/speed.md lie within 15 %.
 *
 * @param images of a micro-batch
 * @param whole whether that is the batch
 */
export function trainingMemory(net: NetworkDescription, images: number, whole: boolean): number {
  const largest = (pick: 'weightBytes' | 'activationBytes') =>
    Math.max(...net.layers.map((layer) => layer[pick]));
  return (
    bytesOfProcess +
    (whole ? 2 : 3) * net.weightBytes +
    2 * largest('weightBytes') +
    images * (net.activationBytes + 2 * largest('activationBytes'))
  );
}
