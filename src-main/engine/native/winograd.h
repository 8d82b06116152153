// Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016): a 4x4 tile of the output of a 3x3 convolution from a 6x6
// window of its input, with 36 products for each pair of channels where the direct sum needs 144.
//
//     output = A' ((G filter G') * (B' window B)) A
//
// by the algorithm of Cook and Toom at the points 0, +-3/4, +-3/2 and infinity. The usual points 0, +-1, +-2 lose three times
// as much precision: with these the error of a sum over 512 channels is 1e-6 of its greatest value; that of the direct sum is
// 3e-7.
//
// Where less than four values are left at the end of a map, the tile there is smaller: one of three values leaves out the point
// 0, one of two infinity too. The filter's values at the points stay the same, since what they are weighted by differs only by
// factors that the window's values take on.
#pragma once
#include "vectors.h"

namespace vgg {
namespace {

/** The most values that a tile has in a direction, and the values of its window, which are as many as its points. */
constexpr int tile = 4, window = 6, points = window * window;

/** The points are p, -p, q, -q, infinity and 0, in this order: a tile of M values uses the first M + 2. */
constexpr float p = 0.75f, q = 1.5f, pp = p * p, qq = q * q;

/** Writes even + odd and even - odd. */
template <class V>
INLINE void storeBoth(V even, V odd, V* at, int apart) {
  at[0] = even + odd;
  at[apart] = even - odd;
}

/** B': the values of a window at the points, for a tile of M values. */
template <int M>
struct ToPoints {
  static constexpr int from = M + 2, to = M + 2;

  template <class V>
  static INLINE void apply(const V* d, int step, V* at, int apart) {
    const V d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
    if constexpr (M == 4) {
      const V d4 = d[4 * step], d5 = d[5 * step];
      storeBoth<V>(d4 - qq * d2, p * (d3 - qq * d1), at, apart);
      storeBoth<V>(d4 - pp * d2, q * (d3 - pp * d1), at + 2 * apart, apart);
      at[4 * apart] = d5 - (pp + qq) * d3 + pp * qq * d1;
      at[5 * apart] = d4 - (pp + qq) * d2 + pp * qq * d0;
    } else {
      storeBoth<V>(pp * (d2 - qq * d0), p * (d3 - qq * d1), at, apart);
      storeBoth<V>(qq * (d2 - pp * d0), q * (d3 - pp * d1), at + 2 * apart, apart);
      if constexpr (M == 3) at[4 * apart] = d[4 * step] - (pp + qq) * d2 + pp * qq * d0;
    }
  }
};

/** A': a tile from the products at the points. */
template <int M>
struct ToTile {
  static constexpr int from = M + 2, to = M;

  template <class V>
  static INLINE void apply(const V* at, int step, V* out, int apart) {
    const V sumP = at[0] + at[step], differenceP = at[0] - at[step];
    const V sumQ = at[2 * step] + at[3 * step], differenceQ = at[2 * step] - at[3 * step];
    out[0] = M == 4 ? at[5 * step] + sumP + sumQ : sumP + sumQ;
    out[apart] = p * differenceP + q * differenceQ;
    if constexpr (M == 3) out[2 * apart] = at[4 * step] + pp * sumP + qq * sumQ;
    if constexpr (M == 4) out[2 * apart] = pp * sumP + qq * sumQ;
    if constexpr (M == 4) out[3 * apart] = at[4 * step] + p * pp * differenceP + q * qq * differenceQ;
  }
};

/** A, the transpose of ToTile: the gradient by the products from that by a tile. */
template <int M>
struct FromTile {
  static constexpr int from = M, to = M + 2;

  template <class V>
  static INLINE void apply(const V* y, int step, V* at, int apart) {
    V evenP = y[0], oddP = y[step], evenQ = y[0], oddQ = y[step];
    if constexpr (M > 2) evenP += pp * y[2 * step], evenQ += qq * y[2 * step];
    if constexpr (M > 3) oddP += pp * y[3 * step], oddQ += qq * y[3 * step];
    storeBoth<V>(evenP, p * oddP, at, apart);
    storeBoth<V>(evenQ, q * oddQ, at + 2 * apart, apart);
    if constexpr (M > 2) at[4 * apart] = y[(M - 1) * step];
    if constexpr (M > 3) at[5 * apart] = y[0];
  }
};

constexpr float weight0 = 1 / (pp * qq), weightP = 1 / (2 * pp * (pp - qq)), weightQ = 1 / (2 * qq * (qq - pp));

/** G: the values of a filter at the points. */
struct FilterToPoints {
  static constexpr int from = 3, to = window;

  template <class V>
  static INLINE void apply(const V* g, int step, V* at, int apart) {
    storeBoth<V>(weightP * (g[0] + pp * g[2 * step]), weightP * p * g[step], at, apart);
    storeBoth<V>(weightQ * (g[0] + qq * g[2 * step]), weightQ * q * g[step], at + 2 * apart, apart);
    at[4 * apart] = g[2 * step];
    at[5 * apart] = weight0 * g[0];
  }
};

/** G', the transpose of FilterToPoints: the gradient by a filter from that by its values at the points. */
struct ToFilter {
  static constexpr int from = window, to = 3;

  template <class V>
  static INLINE void apply(const V* at, int step, V* g, int apart) {
    const V sumP = weightP * (at[0] + at[step]), differenceP = weightP * p * (at[0] - at[step]);
    const V sumQ = weightQ * (at[2 * step] + at[3 * step]), differenceQ = weightQ * q * (at[2 * step] - at[3 * step]);
    g[0] = weight0 * at[5 * step] + sumP + sumQ;
    g[apart] = differenceP + differenceQ;
    g[2 * apart] = pp * sumP + qq * sumQ + at[4 * step];
  }
};

/** A transform of both dimensions: first of each column, then of each row. */
template <class Transform, class V>
INLINE void inBoth(const V (&from)[Transform::from * Transform::from], V (&to)[Transform::to * Transform::to]) {
  constexpr int From = Transform::from, To = Transform::to;
  V between[To * From];
  UNROLL
  for (int column = 0; column < From; column++)
    Transform::template apply<V>(from + column, From, between + column, From);
  UNROLL
  for (int row = 0; row < To; row++) Transform::template apply<V>(between + row * From, 1, to + row * To, 1);
}

/**
 * Floats from the values at one point to those at the next. Not a power of two: such planes would share the same sets of the
 * caches, which makes writing 36 of them at a time five times as slow.
 */
INLINE size_t planeOf(size_t floats) { return floats + 16; }

/** Writes 36 vectors, one into each plane. */
template <int L>
INLINE void scatter(const Floats<L> (&values)[points], float* to, size_t plane) {
  UNROLL
  for (int at = 0; at < points; at++) store<L>(to + at * plane, values[at]);
}

template <int L>
INLINE void gather(const float* from, size_t plane, Floats<L> (&values)[points]) {
  UNROLL
  for (int at = 0; at < points; at++) values[at] = load<L>(from + at * plane);
}

}  // namespace
}  // namespace vgg
