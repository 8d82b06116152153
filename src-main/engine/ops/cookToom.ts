/** A matrix of constants, row by row. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** The three transforms of a minimal filtering algorithm, for one dimension and a filter of three taps. */
export interface Transforms {
  /** [outputs, points] */
  output: Matrix;
  /** [points, 3] */
  filter: Matrix;
  /** [points, points] */
  input: Matrix;
}

const taps = 3;

/**
 * The algorithm of Cook and Toom: `output · ((filter · g) ⊙ (input · d))` is the sequence of sums of `g` slid along `d`.
 * Polynomials are multiplied through their values at the given points and at infinity.
 *
 * Rows of `filter` and `input` are scaled to similar size by powers of two, which costs no precision.
 *
 * @param points outputs + 1 points, all different
 */
export function cookToom(points: readonly number[], outputs: number): Transforms {
  const size = outputs + taps - 1;
  const others = (index: number) => points.filter((_, other) => other !== index);
  const filter: number[][] = [];
  const input: number[][] = [];
  for (const [index, point] of points.entries()) {
    const weight = others(index).reduce((product, other) => product * (point - other), 1);
    filter.push(powers(point, taps).map((power) => power / weight));
    input.push([...polynomial(others(index)), 0]);
  }
  filter.push(atInfinity(taps));
  input.push(polynomial(points));

  for (const [index, row] of filter.entries()) {
    const balance = 2 ** Math.round(Math.log2(largest(row) / largest(input[index] ?? [])) / 2);
    filter[index] = row.map((value) => value / balance);
    input[index] = (input[index] ?? []).map((value) => value * balance);
  }
  const output = Array.from({ length: outputs }, (_, power) => [
    ...points.map((point) => point ** power),
    power === outputs - 1 ? 1 : 0,
  ]);
  return { output: matrix(output, size), filter: matrix(filter, taps), input: matrix(input, size) };
}

/** [a·c, b·d] from [a, b] and [c, d]: the two-dimensional transform from the one for each dimension. */
export function kronecker(left: Matrix, right: Matrix): Matrix {
  const rows = left.rows * right.rows;
  const columns = left.columns * right.columns;
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const outer = at(left, Math.floor(row / right.rows), Math.floor(column / right.columns));
      values[row * columns + column] = outer * at(right, row % right.rows, column % right.columns);
    }
  }
  return { rows, columns, values };
}

export function transposed({ rows, columns, values }: Matrix): Matrix {
  const exchanged = values.map(
    (_, index) => values[(index % rows) * columns + Math.floor(index / rows)] ?? 0,
  );
  return { rows: columns, columns: rows, values: exchanged };
}

function at({ columns, values }: Matrix, row: number, column: number): number {
  return values[row * columns + column] ?? 0;
}

function matrix(rows: readonly (readonly number[])[], columns: number): Matrix {
  return { rows: rows.length, columns, values: Float32Array.from(rows.flat()) };
}

/** 1, x, x², … */
function powers(base: number, count: number): number[] {
  return Array.from({ length: count }, (_, exponent) => base ** exponent);
}

function atInfinity(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? 1 : 0));
}

/** Coefficients, lowest first, of the polynomial with these roots. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (coefficients, root) => {
      const next = new Array<number>(coefficients.length + 1).fill(0);
      for (const [power, coefficient] of coefficients.entries()) {
        next[power] = (next[power] ?? 0) - root * coefficient;
        next[power + 1] = (next[power + 1] ?? 0) + coefficient;
      }
      return next;
    },
    [1],
  );
}

function largest(row: readonly number[]): number {
  return Math.max(...row.map(Math.abs));
}
