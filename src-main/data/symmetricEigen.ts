export type Vector3 = [number, number, number];
export type Matrix3 = [Vector3, Vector3, Vector3];

/**
 * Eigenvalues of a symmetric 3×3 matrix, largest first, with their unit eigenvectors (Jacobi's method). The sign of a
 * vector, which is arbitrary, is chosen so that its largest coordinate is positive.
 */
export function symmetricEigen(matrix: Matrix3): { values: Vector3; vectors: Matrix3 } {
  const a = matrix.map((row) => [...row]);
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const at = (rows: number[][], row: number, column: number) => rows[row]?.[column] ?? 0;
  const scale = Math.max(...a.flat().map(Math.abs));
  for (let sweep = 0; sweep < 50; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const offDiagonal = at(a, p, q);
      if (Math.abs(offDiagonal) <= 1e-15 * scale) continue;
      const theta = (at(a, q, q) - at(a, p, p)) / (2 * offDiagonal);
      const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const rotation = { p, q, cosine, sine: tangent * cosine };
      rotateColumns(a, rotation);
      rotateRows(a, rotation);
      rotateColumns(v, rotation);
    }
  }
  const pairs = [0, 1, 2]
    .map((index) => ({
      value: at(a, index, index),
      vector: upright([at(v, 0, index), at(v, 1, index), at(v, 2, index)]),
    }))
    .sort((one, other) => other.value - one.value);
  const [first, second, third] = pairs;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('Three pairs were made.');
  return {
    values: [first.value, second.value, third.value],
    vectors: [first.vector, second.vector, third.vector],
  };
}

/** A rotation in the plane of axes p and q. */
interface Rotation {
  p: number;
  q: number;
  cosine: number;
  sine: number;
}

function rotateColumns(rows: number[][], { p, q, cosine, sine }: Rotation): void {
  for (const row of rows) {
    const [left, right] = [row[p] ?? 0, row[q] ?? 0];
    row[p] = cosine * left - sine * right;
    row[q] = sine * left + cosine * right;
  }
}

function rotateRows(rows: number[][], { p, q, cosine, sine }: Rotation): void {
  const [upper, lower] = [rows[p] ?? [], rows[q] ?? []];
  rows[p] = upper.map((value, column) => cosine * value - sine * (lower[column] ?? 0));
  rows[q] = upper.map((value, column) => sine * value + cosine * (lower[column] ?? 0));
}

function upright(vector: Vector3): Vector3 {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most));
  return largest < 0 ? [-vector[0], -vector[1], -vector[2]] : vector;
}
