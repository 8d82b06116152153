// Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016): a 4x4 tile of the output of a 3x3 convolution from a 6x6
// window of its input, with 36 products for each pair of channels where the direct sum needs 144.
//
//     output = A' ((G filter G') * (B' window B)) A
//
// by the algorithm of Cook and Toom at the points 0, +-3/4, +-3/2 and infinity. The usual points 0, +-1, +-2 lose three times
// as much precision: with these the error of a sum over 512 channels is 1e-6 of its greatest value; that of the direct sum is
// 3e-7.
#pragma once
#include "vectors.h"

namespace vgg {
namespace {

constexpr int tile = 4, window = 6, points = window * window;

/** The points are 0, +-p, +-q and infinity; pp is the square of p. */
constexpr float p = 0.75f, q = 1.5f, pp = p * p, qq = q * q;

/** B': the values of a window at the points. */
template <class V>
INLINE void toPoints(const V* d, int step, V* at, int apart) {
  const V d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
  const V evenP = d4 - qq * d2, oddP = d3 - qq * d1, evenQ = d4 - pp * d2, oddQ = d3 - pp * d1;
  at[0] = d4 - (pp + qq) * d2 + pp * qq * d0;
  at[apart] = evenP + p * oddP;
  at[2 * apart] = evenP - p * oddP;
  at[3 * apart] = evenQ + q * oddQ;
  at[4 * apart] = evenQ - q * oddQ;
  at[5 * apart] = d5 - (pp + qq) * d3 + pp * qq * d1;
}

/** A': a tile from the products at the points. */
template <class V>
INLINE void toTile(const V* at, int step, V* out, int apart) {
  const V sumP = at[step] + at[2 * step], differenceP = at[step] - at[2 * step];
  const V sumQ = at[3 * step] + at[4 * step], differenceQ = at[3 * step] - at[4 * step];
  out[0] = at[0] + sumP + sumQ;
  out[apart] = p * differenceP + q * differenceQ;
  out[2 * apart] = pp * sumP + qq * sumQ;
  out[3 * apart] = at[5 * step] + p * pp * differenceP + q * qq * differenceQ;
}

/** A, the transpose of toTile: the gradient by the products from that by a tile. */
template <class V>
INLINE void fromTile(const V* y, int step, V* at, int apart) {
  const V evenP = y[0] + pp * y[2 * step], oddP = y[step] + pp * y[3 * step];
  const V evenQ = y[0] + qq * y[2 * step], oddQ = y[step] + qq * y[3 * step];
  at[0] = y[0];
  at[apart] = evenP + p * oddP;
  at[2 * apart] = evenP - p * oddP;
  at[3 * apart] = evenQ + q * oddQ;
  at[4 * apart] = evenQ - q * oddQ;
  at[5 * apart] = y[3 * step];
}

constexpr float weight0 = 1 / (pp * qq), weightP = 1 / (2 * pp * (pp - qq)), weightQ = 1 / (2 * qq * (qq - pp));

/** G: the values of a filter at the points. */
template <class V>
INLINE void filterToPoints(const V* g, int step, V* at, int apart) {
  const V evenP = g[0] + pp * g[2 * step], evenQ = g[0] + qq * g[2 * step];
  at[0] = weight0 * g[0];
  at[apart] = weightP * (evenP + p * g[step]);
  at[2 * apart] = weightP * (evenP - p * g[step]);
  at[3 * apart] = weightQ * (evenQ + q * g[step]);
  at[4 * apart] = weightQ * (evenQ - q * g[step]);
  at[5 * apart] = g[2 * step];
}

/** G', the transpose of filterToPoints: the gradient by a filter from that by its values at the points. */
template <class V>
INLINE void toFilter(const V* at, int step, V* g, int apart) {
  const V sumP = weightP * (at[step] + at[2 * step]), differenceP = weightP * p * (at[step] - at[2 * step]);
  const V sumQ = weightQ * (at[3 * step] + at[4 * step]), differenceQ = weightQ * q * (at[3 * step] - at[4 * step]);
  g[0] = weight0 * at[0] + sumP + sumQ;
  g[apart] = differenceP + differenceQ;
  g[2 * apart] = pp * sumP + qq * sumQ + at[5 * step];
}

/** A transform of both dimensions: first of each column, then of each row. */
template <int From, int To, class V, void Transform(const V*, int, V*, int)>
INLINE void inBoth(const V (&from)[From * From], V (&to)[To * To]) {
  V between[To * From];
  UNROLL
  for (int column = 0; column < From; column++) Transform(from + column, From, between + column, From);
  UNROLL
  for (int row = 0; row < To; row++) Transform(between + row * From, 1, to + row * To, 1);
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
