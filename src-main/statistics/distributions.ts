import { createRequire } from 'node:module';
import type * as Cephes from 'cephes';

// As a module it is compiled later than it is there; required, it is compiled at once.
const { bdtr, ndtr, ndtri, stdtr, stdtri } = createRequire(import.meta.url)('cephes') as typeof Cephes;

/** The standard normal distribution: P(X ≤ x). */
export function normal(x: number): number {
  return ndtr(x);
}

/** The reverse of {@link normal}, of a probability within 0–1. */
export function normalQuantile(probability: number): number {
  return ndtri(probability);
}

/** Student's distribution: P(T ≤ t). @param freedom degrees of freedom, at least 1 */
export function student(t: number, freedom: number): number {
  return stdtr(freedom, t);
}

/** The reverse of {@link student}. */
export function studentQuantile(probability: number, freedom: number): number {
  return stdtri(freedom, probability);
}

/** P(at most `hits` of `trials` with an even chance). */
export function fairCoin(hits: number, trials: number): number {
  return bdtr(hits, trials, 0.5);
}
