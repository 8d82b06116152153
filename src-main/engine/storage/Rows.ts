/** Some rows of a matrix: the first of them, and how many. */
export interface Rows {
  first: number;
  count: number;
}
