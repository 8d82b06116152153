import type { NetworkDescription } from '../../vgg/describe.ts';

/** Memory of Node and TensorFlow before the first image. */
const bytesOfProcess = 500e6;

/**
 * An estimate of a trainer's greatest resident memory in bytes. It counts
 *
 * - the process with its libraries,
 * - weights and velocities, and the gradients once more where they add up over micro-batches,
 * - twice the largest layer's weights: for its gradient and for what its update needs,
 * - all outputs of one micro-batch, which the backward pass needs, and twice the largest of them for the gradients in flight.
 *
 * Waiting images and the evaluation are not counted. The four measurements of docs/speed.md lie within 15 %.
 *
 * @param images number of images of a micro-batch
 * @param whole whether the micro-batch is the whole batch
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
