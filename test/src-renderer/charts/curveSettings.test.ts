import { expect, it } from 'vitest';
import { curveSettings, logParameter } from '../../../src-renderer/charts/curveSettings.ts';

it('reads how curves are drawn from the address, and what makes no sense as usual', () => {
  expect(curveSettings(new URLSearchParams('x=time&log=xy&smooth=0.6'))).toEqual({
    x: 'time',
    logX: true,
    logY: true,
    smoothing: 0.6,
  });
  expect(curveSettings(new URLSearchParams('x=weeks&smooth=2'))).toEqual({
    x: 'epoch',
    logX: false,
    logY: false,
    smoothing: 0.6,
  });
});

it('smooths nothing where the address says so', () => {
  expect(curveSettings(new URLSearchParams('smooth=0')).smoothing).toBe(0);
});

it('writes which axes are logarithmic', () => {
  expect(logParameter({ logX: true, logY: true })).toBe('xy');
  expect(logParameter({ logX: false, logY: false })).toBe('');
});
