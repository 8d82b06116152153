// Matrix products in registers: the outputs of a few rows are kept in vectors while the inputs pass by. Each pass of the inner
// loop has as many multiply-additions as the processor needs on the way to be busy all the time.
#pragma once
#include "operands.h"

namespace vgg {
namespace {

/** Rows that fit into the registers beside the factors: 32 with AVX-512, 16 with AVX2. */
template <int N>
constexpr int mostRows = widest == 16 ? (N == 2 ? 12 : 16) : (N == 2 ? 6 : 8);

/**
 * R rows of a product. All channels come in blocks of L: left [inputs / L][rows][L], right [inputs][N L], out [N][rows][L].
 * Of operands that are pairs, an input is two.
 *
 * @param blocks of inputs
 * @param block, outBlock floats from one block of channels to the next, left and out
 */
template <class Operand, int L, int N, int R>
INLINE void rowsOfProduct(const float* left, size_t block, const float* right, int blocks, float* out, size_t outBlock) {
  Floats<L> sums[R][N];
  UNROLL
  for (int row = 0; row < R; row++) {
    UNROLL
    for (int n = 0; n < N; n++) sums[row][n] = Floats<L>{};
  }
  for (; blocks > 0; blocks--, left += block) {
    for (int lane = 0; lane < L; lane++, right += N * L) {
      Floats<L> factors[N];
      UNROLL
      for (int n = 0; n < N; n++) factors[n] = load<L>(right + n * L);
      UNROLL
      for (int row = 0; row < R; row++) {
        const Floats<L> value = Operand::template everywhere<L>(left + row * L + lane);
        UNROLL
        for (int n = 0; n < N; n++) sums[row][n] = Operand::template addProduct<L>(sums[row][n], value, factors[n]);
      }
    }
  }
  UNROLL
  for (int row = 0; row < R; row++) {
    UNROLL
    for (int n = 0; n < N; n++) store<L>(out + n * outBlock + row * L, sums[row][n]);
  }
}

template <class Operand, int L, int N, int R>
INLINE void lastRowsOfProduct(int rows, const float* left, size_t block, const float* right, int blocks, float* out, size_t outBlock) {
  if (rows == R) return rowsOfProduct<Operand, L, N, R>(left, block, right, blocks, out, outBlock);
  if constexpr (R > 1) lastRowsOfProduct<Operand, L, N, R - 1>(rows, left, block, right, blocks, out, outBlock);
}

/** One panel of N L outputs of the product left · right, for `rows` rows. */
template <class Operand, int L, int N>
__attribute__((noinline)) void product(int rows, const float* left, size_t block, const float* right, int blocks, float* out,
                                       size_t outBlock) {
  constexpr int R = mostRows<N>;
  for (; rows >= R; rows -= R, left += R * L, out += R * L)
    rowsOfProduct<Operand, L, N, R>(left, block, right, blocks, out, outBlock);
  if (rows > 0) lastRowsOfProduct<Operand, L, N, R - 1>(rows, left, block, right, blocks, out, outBlock);
}

/**
 * R rows of sums over tiles: sums[c][k] += left[t][c] right[k / L][t][k % L], for N L channels k. The tiles of each call are
 * added up by themselves first: sums of sums lose less precision than one long sum. Of operands that are pairs, a tile is two.
 *
 * @param left channels c of a block of L, [tiles][L]
 * @param block floats from one block of right to the next
 * @param first whether the sums begin here, at zero
 */
template <class Operand, int L, int N, int R>
INLINE void addOuterProducts(int tiles, const float* left, const float* right, size_t block, float* to, int toRow, bool first) {
  Floats<L> sums[R][N];
  UNROLL
  for (int row = 0; row < R; row++) {
    UNROLL
    for (int n = 0; n < N; n++) sums[row][n] = Floats<L>{};
  }
  for (int t = 0; t < tiles; t++, left += L, right += L) {
    Floats<L> factors[N];
    UNROLL
    for (int n = 0; n < N; n++) factors[n] = load<L>(right + n * block);
    UNROLL
    for (int row = 0; row < R; row++) {
      const Floats<L> value = Operand::template everywhere<L>(left + row);
      UNROLL
      for (int n = 0; n < N; n++) sums[row][n] = Operand::template addProduct<L>(sums[row][n], value, factors[n]);
    }
  }
  UNROLL
  for (int row = 0; row < R; row++) {
    UNROLL
    for (int n = 0; n < N; n++) {
      float* const sum = to + size_t(row) * toRow + n * L;
      store<L>(sum, first ? sums[row][n] : load<L>(sum) + sums[row][n]);
    }
  }
}

/** Tiles that are added up by themselves. The more, the fewer loads and stores; the fewer, the more precise. */
constexpr int tilesInSum = 32;

/**
 * The sums over tiles for all channels: left [inputs / L][tiles][L], right [outputs / L][tiles][L], to [inputs][outputs].
 *
 * @param block floats from one block of channels to the next, left and right
 */
template <class Operand, int L, int N>
__attribute__((noinline)) void sumOverTiles(int tiles, size_t block, const float* left, int inputs, const float* right,
                                            int outputs, float* to, bool first) {
  constexpr int R = widest == 16 ? 8 : 4;
  if (tiles == 0 && first) memset(to, 0, size_t(inputs) * outputs * sizeof(float));
  for (int k = 0; k < outputs; k += N * L) {
    for (int c = 0; c < inputs; c += R) {
      const float* const channels = left + size_t(c / L) * block + c % L;
      for (int t = 0; t < tiles; t += tilesInSum)
        addOuterProducts<Operand, L, N, R>(least(tilesInSum, tiles - t), channels + size_t(t) * L,
                                  right + size_t(k / L) * block + size_t(t) * L, block, to + size_t(c) * outputs + k, outputs,
                                  first && t == 0);
    }
  }
}

}  // namespace
}  // namespace vgg
