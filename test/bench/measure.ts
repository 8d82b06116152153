import { z } from 'zod';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { findEngine } from '../../src-main/engine/provision/provideEngine.ts';
import { openTensorFlow, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { RandomWork } from '../../src-main/trainer/RandomWork.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { overridesOf } from './cases.ts';

/*
 * One measurement of growth.ts: prints images a second in training and inference, or in dense evaluation alone.
 *
 *     node measure.ts '{"config": "A", "crop": 56, "width": 0.25, "batch": 64, "steps": 3}'
 */

const sizesSchema = z.strictObject({
  config: z.enum(['A', 'D']),
  crop: z.number(),
  width: z.number(),
  batch: z.number(),
  steps: z.number(),
  scale: z.number().optional(),
});

const classes = 1000;

function fastest(steps: number, images: number, run: (step: number) => void): number {
  const times = Array.from({ length: steps + 2 }, (_, step) => {
    const began = performance.now();
    run(step);
    return performance.now() - began;
  });
  // The first ones allocate.
  return (1000 * images) / Math.min(...times.slice(2));
}

const { steps, scale, ...sizes } = sizesSchema.parse(JSON.parse(process.argv[2] ?? ''));
const engine = await findEngine();
if (!engine) throw new Error('There is no engine: `npm run setup` provides it.');
openTensorFlow(engine.addon);
const config = resolveRunConfig({ overrides: overridesOf(sizes) });
if (scale === undefined) {
  using work = new RandomWork(config, classes, sizes.batch);
  const train = fastest(steps, sizes.batch, (step) => {
    work.train(step);
  });
  const inference = fastest(steps, sizes.batch, () => {
    work.infer();
  });
  console.log(JSON.stringify({ train, inference }));
} else {
  const parameters = new Parameters(
    { ...config.network, classes },
    randomInitialiser(config.initialisation, 1),
  );
  const network = new Network(parameters);
  const images = tensorflow().tf.randomNormal([sizes.batch, scale, scale, 3]);
  const inference = fastest(steps, sizes.batch, () => {
    using scores = network.scoreMap(images);
    scores.dataSync();
  });
  console.log(JSON.stringify({ train: null, inference }));
}
process.exit(0);
