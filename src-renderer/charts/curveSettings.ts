import type { XAxis } from './curves.ts';

/** How curves are drawn, as the address has it: `x=step&log=xy&smooth=0.6`. */
export interface CurveSettings {
  x: XAxis;
  logX: boolean;
  logY: boolean;
  /** 0 to 0.99. */
  smoothing: number;
}

/** As TensorBoard has it: the course of a noisy loss can be seen, and the raw one behind it. */
export const usualSmoothing = 0.6;

/** What is missing in the address, or makes no sense, is as usual: epochs, linear axes, smoothed over the faint raw line. */
export function curveSettings(parameters: URLSearchParams): CurveSettings {
  const x = parameters.get('x');
  const log = parameters.get('log') ?? '';
  const smoothing = Number(parameters.get('smooth') ?? usualSmoothing);
  return {
    x: x === 'step' || x === 'time' ? x : 'epoch',
    logX: log.includes('x'),
    logY: log.includes('y'),
    smoothing: smoothing >= 0 && smoothing <= 0.99 ? smoothing : usualSmoothing,
  };
}

/** The parameter `log` of the address. */
export function logParameter({ logX, logY }: Pick<CurveSettings, 'logX' | 'logY'>): string {
  return `${logX ? 'x' : ''}${logY ? 'y' : ''}`;
}
