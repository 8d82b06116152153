import { describe, expect, it } from 'vitest';
import { config, openLog, point } from './fixtures.ts';

function newRun() {
  const log = openLog();
  return { log, id: log.create({ config: config() }).id };
}

describe('the matrix of a quantity', () => {
  it('has a row for each layer in the order of the net, whatever their names, and a column for each step', () => {
    const { log, id } = newRun();
    for (const step of [1, 50, 100]) {
      log.metrics.append(id, [
        point(step, step, 'gradient/conv2_1/norm'),
        point(step, 10 * step, 'gradient/conv1_1/norm'),
        point(step, 0.5, 'activation/conv2_1/dead'),
        point(step, 2, 'train/loss'),
      ]);
    }
    expect(log.metrics.layers(id, 'gradient/norm', 100)).toEqual({
      quantity: 'gradient/norm',
      quantities: ['gradient/norm', 'activation/dead'],
      layers: ['conv2_1', 'conv1_1'],
      steps: [1, 50, 100],
      values: [
        [1, 50, 100],
        [10, 500, 1000],
      ],
    });
    expect(log.metrics.layers(id, 'weight/norm', 100)).toMatchObject({ layers: [], steps: [], values: [] });
    // What lists ask for is not made longer by the layers.
    expect(log.metrics.summaries(id).map(({ name }) => name)).toEqual(['train/loss']);
  });

  it('says what is not finite in words that JSON keeps, and leaves a gap where there is nothing', () => {
    const { log, id } = newRun();
    log.metrics.append(id, [
      point(1, NaN, 'gradient/a/norm'),
      point(2, Infinity, 'gradient/a/norm'),
      point(3, -Infinity, 'gradient/a/norm'),
      point(3, 4, 'gradient/b/norm'),
    ]);
    expect(log.metrics.layers(id, 'gradient/norm', 9).values).toEqual([
      ['NaN', 'Infinity', '-Infinity'],
      [null, null, 4],
    ]);
  });

  it('is thinned evenly, with the first step and the last', () => {
    const { log, id } = newRun();
    const layers = Array.from({ length: 19 }, (_, index) => `conv${index}`);
    const steps = Array.from({ length: 2000 }, (_, index) => 50 * (index + 1));
    log.metrics.append(
      id,
      steps.flatMap((step) => layers.map((layer) => point(step, step, `weight/${layer}/update`))),
    );
    expect(log.metrics.layers(id, 'weight/update', 5).steps).toEqual([50, 25050, 50050, 75000, 100000]);
    const matrix = log.metrics.layers(id, 'weight/update', 300);
    expect([matrix.layers.length, matrix.steps.length, matrix.steps.at(-1)]).toEqual([19, 300, 100_000]);
    expect(matrix.values[7]).toEqual(matrix.steps);
  });
});
