import { createRequire } from 'node:module';
import type * as Cephes from 'cephes';

let loaded: typeof Cephes | undefined;

/** Loaded when first needed, since most commands need none of it. As a module it would be compiled later than it is there. */
function cephes(): typeof Cephes {
  loaded ??= createRequire(import.meta.url)('cephes') as typeof Cephes;
  return loaded;
}

/** The standard normal distribution: P(X ≤ x). */
export function normal(x: number): number {
  return cephes().ndtr(x);
}

/** The reverse of {@link normal}, of a probability within 0–1. */
export function normalQuantile(probability: number): number {
  return cephes().ndtri(probability);
}

/** Student's distribution: P(T ≤ t). @param freedom degrees of freedom, at least 1 */
export function student(t: number, freedom: number): number {
  return cephes().stdtr(freedom, t);
}

/** The reverse of {@link student}. */
export function studentQuantile(probability: number, freedom: number): number {
  return cephes().stdtri(freedom, probability);
}

/** P(at most `hits` of `trials` with an even chance). */
export function fairCoin(hits: number, trials: number): number {
  return cephes().bdtr(hits, trials, 0.5);
}
