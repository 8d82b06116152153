/** The package brings types that its own `exports` hide. */
declare module 'cephes' {
  /** Binomial distribution: P(X ≤ k) in n trials. */
  export function bdtr(k: number, n: number, p: number): number;
  /** Normal distribution, and its reverse. */
  export function ndtr(x: number): number;
  export function ndtri(p: number): number;
  /** Student's distribution with `freedom` degrees of freedom, and its reverse. */
  export function stdtr(freedom: number, t: number): number;
  export function stdtri(freedom: number, p: number): number;
}
