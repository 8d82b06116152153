import type { RunConfig } from '../../configuration/schema.ts';
import type { StartTrainer } from '../../supervisor/TrainerLink.ts';
import type { MemoryJob, MemoryUse } from '../../trainer/protocol.ts';
import { describeNetwork, type NetworkDescription } from '../../vgg/describe.ts';
import { keptBytes } from '../../vgg/keptBytes.ts';
import type { MemoryMeasurement, MemoryOfPass } from '../contract/memory.ts';
import { answerOf } from './answerOf.ts';

/** Bytes of outputs by which the two measurements should differ: far more than the random variation. */
const bytesApart = 2e8;
const maxImages = 512;

/**
 * Measures the memory of an image while a net is trained and while it scores: the peak memory of processes that each
 * put a different number of images through the net at once, and how much it rises with each image.
 *
 * @param options.images the larger of the two numbers, even; by default enough to exceed the random variation
 */
export async function measureMemory(
  start: StartTrainer,
  config: RunConfig,
  classes: number,
  { images, signal }: { images?: number | undefined; signal?: AbortSignal | undefined },
): Promise<MemoryMeasurement> {
  const net = describeNetwork({ ...config.network, classes });
  const most = images ?? defaultImages(net);
  const measure = async (pass: MemoryJob['pass'], count: number) => {
    const job = { task: 'memory' as const, config, classes, images: count, pass };
    return (await answerOf(start, job, signal)).result;
  };
  const passes: MemoryOfPass[] = [];
  let device: MemoryUse['device'] = 'cpu';
  for (const pass of ['training', 'inference'] as const) {
    const [few, many] = [await measure(pass, most / 2), await measure(pass, most)];
    const perImage = (pick: (use: MemoryUse) => number) => (pick(many) - pick(few)) / (most / 2);
    device = many.device;
    passes.push({
      pass,
      computedBytesPerImage: pass === 'training' ? keptBytes(net) : greatestNeighbours(net),
      tensorBytesPerImage: perImage(({ peakTensorBytes }) => peakTensorBytes),
      residentBytesPerImage: perImage(({ peakRssBytes }) => peakRssBytes),
      measured: [
        { images: most / 2, ...few },
        { images: most, ...many },
      ].map(({ device: _device, ...use }) => use),
    });
  }
  const { config: name, width, crop } = net;
  return { config: name, width, crop, classes, device, passes };
}

function defaultImages({ activationBytes }: NetworkDescription): number {
  return Math.min(maxImages, 2 * Math.ceil(bytesApart / activationBytes));
}

/** If nothing is kept, two outputs exist at once: a layer's own and that of the layer it reads. */
function greatestNeighbours({ layers }: NetworkDescription): number {
  const sums = layers.map(
    ({ activationBytes }, index) => activationBytes + (layers[index - 1]?.activationBytes ?? 0),
  );
  return Math.max(...sums);
}
