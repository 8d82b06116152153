import type { NetworkDescription } from '../../vgg/describe.ts';
import { keptByLayers } from '../../vgg/keptBytes.ts';

/** Memory of Node and TensorFlow before the first image, and while TensorFlow's libraries are loaded. */
const bytesOfProcess = 290e6;
const bytesOfLoading = 375e6;

/** A filter at the 36 points takes four times its nine values; it is there once, and in the sums of two threads. */
const filtersAtPoints = 4 * 3;

/**
 * An estimate of a trainer's greatest resident memory in bytes, on a CPU for which there are own kernels. It counts
 *
 * - the process with its libraries,
 * - weights and velocities, and the gradients once more where they add up over micro-batches or are clipped,
 * - what the largest convolution's filters take at the points of the fast algorithm,
 * - all that is kept of the images of a micro-batch, and the gradients by what the largest layer reads and gives.
 *
 * Waiting images and the evaluation are not counted. The measurements of docs/speed.md lie within 10 %.
 *
 * @param images number of images of a micro-batch
 * @param isStraight whether each gradient goes into the update as it comes
 */
export function trainingMemory(net: NetworkDescription, images: number, isStraight: boolean): number {
  const kept = keptByLayers(net);
  const filters = net.layers.filter(({ filter }) => filter === '3×3').map(({ weightBytes }) => weightBytes);
  const training =
    bytesOfProcess +
    (isStraight ? 2 : 3) * net.weightBytes +
    filtersAtPoints * Math.max(0, ...filters) +
    images * (kept.reduce((sum, bytes) => sum + bytes, 0) + 2 * Math.max(...kept));
  return Math.max(bytesOfLoading, training);
}
