import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { liveTensors } from '../../src-main/engine/tensorflow.ts';
import type { About } from '../../src-main/insight/questions.ts';
import { signalThrough, startSignalOf, type LayerSignal } from '../../src-main/insight/startSignal.ts';
import { openTestEngine } from '../support/engine.ts';
import {
  goldenFile,
  goldenParameters,
  readImages,
  referenceFolder,
  relativeDifference,
} from '../support/golden.ts';

beforeAll(openTestEngine);

const signal = z.object({ activations: z.array(z.number()), gradients: z.array(z.number()) });
/** By PyTorch, see test/reference/startSignal.py. */
const reference = z
  .object({
    golden: z.record(z.string(), signal.extend({ loss: z.number() })),
    drawn: z.record(z.string(), signal),
  })
  .parse(JSON.parse(readFileSync(join(referenceFolder, 'startSignal.json'), 'utf8')));

const weighted = (layers: readonly LayerSignal[]) => layers.filter(({ gradient }) => gradient !== null);

describe('the signal of a net', () => {
  it.each(['A', 'B', 'C', 'D', 'E'] as const)("of PyTorch's weights is PyTorch's: net %s", (config) => {
    const file = goldenFile(config);
    using parameters = goldenParameters(config, file);
    using images = readImages(file, 'input.nchw');
    const before = liveTensors();
    const { loss, layers } = signalThrough(parameters, images, file.readInt32('labels'));
    expect(liveTensors()).toBe(before);
    const expected = reference.golden[config];
    expect(loss).toBeCloseTo(expected?.loss ?? NaN, 4);
    for (const [index, { name, activation, gradient }] of weighted(layers).entries()) {
      expect(relativeDifference([activation], [expected?.activations[index] ?? NaN]), name).toBeLessThan(
        1e-3,
      );
      expect(relativeDifference([gradient ?? NaN], [expected?.gradients[index] ?? NaN]), name).toBeLessThan(
        1e-3,
      );
    }
  });

  const small: About<'startSignal'> = {
    about: 'startSignal',
    config: 'A',
    width: 1 / 8,
    crop: 32,
    classes: 10,
    initialisation: { scheme: 'he', fan: 'in', deviation: null, variance: null, from: null, layers: 'all' },
    standardised: true,
    images: 8,
    sources: [],
    seed: 1,
  };

  it.each(['normal', 'glorot', 'he', 'pytorch'] as const)(
    'drawn by the scheme %s is on average what torch.nn.init gives',
    async (scheme) => {
      const initialisation = { ...small.initialisation, scheme };
      const logs: { activation: number; gradient: number }[][] = [];
      for (let seed = 1; seed <= 5; seed++) {
        const answer = await startSignalOf({ ...small, initialisation, seed });
        logs.push(
          weighted(answer.layers).map(({ activation, gradient }) => ({
            activation: Math.log(activation),
            gradient: Math.log(gradient ?? NaN),
          })),
        );
      }
      const expected = reference.drawn[scheme];
      for (const quantity of ['activation', 'gradient'] as const) {
        const means = logs[0]?.map((_, layer) =>
          logs.reduce((sum, net) => sum + (net[layer]?.[quantity] ?? NaN) / logs.length, 0),
        );
        for (const [layer, mean] of (means ?? []).entries()) {
          // Two means of 5 and 20 nets as narrow as these vary by about a fifth; a wrong fan is off by more each layer.
          expect(
            Math.abs(mean - Math.log(expected?.[`${quantity}s`][layer] ?? NaN)),
            `${layer}`,
          ).toBeLessThan(0.45);
        }
      }
    },
  );

  it('of LSUV has a variance of 1 before every ReLU, so that it neither dies nor grows', async () => {
    const initialisation = { ...small.initialisation, scheme: 'lsuv' as const };
    const { layers } = await startSignalOf({ ...small, initialisation });
    // The logits have no ReLU; of a normal of deviation 1 the ReLU leaves a deviation of 0.58.
    expect(layers.at(-1)?.activation).toBeGreaterThan(0.9);
    expect(layers.at(-1)?.activation).toBeLessThan(1.1);
    for (const { activation } of layers.slice(0, -1))
      expect(Math.abs(Math.log(activation / 0.58))).toBeLessThan(0.4);
  });

  it('dies in the deep net from the normal of Sect. 3.1, and less in the shallow one', async () => {
    const initialisation = { ...small.initialisation, scheme: 'normal' as const };
    const a = await startSignalOf({ ...small, initialisation });
    const e = await startSignalOf({ ...small, initialisation, config: 'E' });
    const last = ({ layers }: typeof a) => layers.at(-1)?.activation ?? NaN;
    expect(last(e)).toBeLessThan(1e-3 * last(a));
    // Without a signal every class is as probable as any other.
    expect(e.loss).toBeCloseTo(Math.log(10), 6);
  });
});
