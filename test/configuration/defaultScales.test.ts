import { describe, expect, test } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';

function scalesOf(...overrides: string[]) {
  const { data, evaluation } = resolveRunConfig({ overrides });
  return { trainScale: data.trainScale, testScales: evaluation.testScales };
}

describe('scales that nobody gives', () => {
  test("are the paper's at its crop", () => {
    expect(scalesOf()).toEqual({ trainScale: 256, testScales: [256] });
  });

  test.each([
    [56, 64],
    [112, 128],
    [64, 73],
    // No longer than a configuration takes: its file must be read again.
    [4000, 4096],
  ])('keep the ratio at crop %i', (crop, side) => {
    expect(scalesOf(`network.crop=${crop}`)).toEqual({ trainScale: side, testScales: [side] });
  });

  test('Q follows a given S, in the middle of a range', () => {
    expect(scalesOf('data.trainScale=384').testScales).toEqual([384]);
    expect(scalesOf('data.trainScale=256-512').testScales).toEqual([384]);
  });

  test('given ones stay', () => {
    expect(scalesOf('network.crop=56', 'data.trainScale=96', 'evaluation.testScales=56,64,72')).toEqual({
      trainScale: 96,
      testScales: [56, 64, 72],
    });
  });
});
