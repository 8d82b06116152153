/** Statistics over all values of a map, a layer or a filter. */
export interface ValueStatistics {
  least: number;
  greatest: number;
  mean: number;
  /** Population standard deviation: divided by the number of values. */
  deviation: number;
  /** Share of values that are exactly 0, 0–1. */
  zero: number;
}
