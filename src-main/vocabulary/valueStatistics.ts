/** Over all values of something: a map, a layer, a filter. */
export interface ValueStatistics {
  least: number;
  greatest: number;
  mean: number;
  /** Of the population: divided by the number of values. */
  deviation: number;
  /** Share of values that are exactly 0, 0–1. */
  zero: number;
}
