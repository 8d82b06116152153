import { beforeAll, expect, it } from 'vitest';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import type { PixelBatch } from '../../src-main/data/PixelBatch.ts';
import type { Rows } from '../../src-main/engine/storage/Rows.ts';
import { Draws } from '../../src-main/foundation/random.ts';
import { GradientSum } from '../../src-main/training/GradientSum.ts';
import { LayerStatistics } from '../../src-main/training/LayerStatistics.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { gradientStep } from '../../src-main/training/step.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import type { GradientSink } from '../../src-main/vgg/stages/Stage.ts';
import { openTestEngine } from '../support/engine.ts';
import { mustHaveKernels } from '../support/kernels.ts';

beforeAll(openTestEngine);

const crop = 32;

/** Net A of half width on the smallest crop: fc7 has 16 MB, of which a part is 8. */
function netA(): Parameters {
  return new Parameters(
    { config: 'A', width: 0.5, crop, classes: 10 },
    randomInitialiser(runConfigSchema.parse({}).initialisation, 5),
  );
}

function randomBatch(images: number): PixelBatch {
  const draws = new Draws(4, 'crop');
  return {
    pixels: Uint8Array.from({ length: images * crop * crop * 3 }, () => draws.integer(0, 255)),
    offsets: new Float32Array(images * 3).fill(-120),
    labels: Int32Array.from({ length: images }, () => draws.integer(0, 9)),
  };
}

/** Two steps, the second watched: from gradients in parts, or, where their norm is asked for, from whole ones. */
function twoSteps(momentum: number, clipNorm: number | null) {
  using parameters = netA();
  const optimiser = new MomentumSgd(parameters.variables(), { momentum, weightDecay: 5e-4 });
  const statistics = new LayerStatistics(parameters, optimiser);
  const sums = new GradientSum();
  const [fc7] = parameters.parametricLayers().filter(({ name }) => name === 'fc7');
  const parts: (Rows | undefined)[] = [];
  for (const [step, each] of [optimiser, statistics].entries()) {
    const update: GradientSink = (parameter, gradient, rows) => {
      if (fc7 && parameter === parameters.of(fc7).weight && step === 0) parts.push(rows);
      each.apply(parameter, gradient, 0.01, { rows });
    };
    gradientStep({ network: new Network(parameters), sums, update }, randomBatch(4), {
      ...{ crop, microBatch: 4, dropout: 0.5, clipNorm, deviation: [60, 60, 60], seed: 3, step },
    });
  }
  const bytes = (read: readonly ArrayLike<number>[]) =>
    read.map((values) => Buffer.from(Float32Array.from(values).buffer));
  const weights = bytes(
    parameters.variables().map((variable) => variable.with((value) => value.dataSync<'float32'>())),
  );
  const values = statistics.take();
  optimiser.dispose();
  sums.dispose();
  return { parts, weights, values };
}

it.runIf(mustHaveKernels).each([0.9, 0])(
  'a step that gets a great gradient in parts gives the same weights as from a whole one, with a momentum of %s',
  (momentum) => {
    const inParts = twoSteps(momentum, null);
    // No gradient is so long: none is scaled.
    const whole = twoSteps(momentum, 1e30);
    expect(whole.parts).toEqual([undefined]);
    expect(inParts.parts).toHaveLength(2);
    expect(inParts.weights.every((bytes, index) => bytes.equals(whole.weights[index] ?? Buffer.of()))).toBe(
      true,
    );
    expect(Object.keys(inParts.values)).toEqual(Object.keys(whole.values));
    for (const [name, value] of Object.entries(whole.values)) {
      const deviation = whole.values[name.replace(/mean$/, 'deviation')] ?? value;
      expect(Math.abs((inParts.values[name] ?? NaN) - value), name).toBeLessThan(1e-5 * Math.abs(deviation));
    }
  },
);
