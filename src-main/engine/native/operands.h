// What products multiply: floats as they are, or pairs of them, each rounded to bfloat16, in the place of one. A processor with
// AVX512-BF16 multiplies both of a pair and adds both products to a float in one instruction.
#pragma once
#ifdef VGG_BFLOAT16
#include <immintrin.h>
#endif
#include "threads.h"
#include "vectors.h"

namespace vgg {
namespace {

/** Floats as they are. */
struct Whole {
  /** Numbers in the place of a float. */
  static constexpr int numbers = 1;

  template <int L>
  static INLINE Floats<L> everywhere(const float* value) {
    return vgg::everywhere<L>(*value);
  }

  template <int L>
  static INLINE Floats<L> addProduct(Floats<L> sum, Floats<L> left, Floats<L> right) {
    return sum + left * right;
  }
};

#ifdef VGG_BFLOAT16

/** Two numbers in the place of a float, the first in its lower half. */
struct Pairs {
  static constexpr int numbers = 2;

  template <int L>
  static INLINE Floats<L> everywhere(const float* pair) {
    int bits;
    memcpy(&bits, pair, sizeof bits);
    return Floats<L>(Ints<L>{} + bits);
  }

  template <int L>
  static INLINE Floats<L> addProduct(Floats<L> sum, Floats<L> left, Floats<L> right) {
    static_assert(L == 16, "Pairs come in the widest vectors.");
    return _mm512_dpbf16_ps(sum, (__m512bh)left, (__m512bh)right);
  }

  /** Pairs of the lanes of two vectors, rounded to the nearest, and to the even one of two. */
  template <int L>
  static INLINE Floats<L> of(Floats<L> first, Floats<L> second) {
    return Floats<L>(bits<L>(first) | bits<L>(second) << 16);
  }

 private:
  template <int L>
  static INLINE Ints<L> bits(Floats<L> value) {
    typedef unsigned short Halves __attribute__((vector_size(2 * L)));
    return __builtin_convertvector((Halves)_mm512_cvtneps_pbh(value), Ints<L>);
  }
};

#endif

/** An operand of a product over channels, [blocks][rows][L], or of a sum over tiles, [blocks][tiles][L]. */
struct Operands {
  const float* values;
  /** Floats from one block to the next. */
  size_t block;
  /** Blocks of channels, or tiles: the extent that is summed over. */
  int count;
};

/** What is summed over `blocks` of channels: where it lies, or as pairs of neighbouring blocks, in the calling thread's memory. */
template <class Operand, int L>
INLINE Operands overChannels(const float* values, size_t block, int blocks, int rows) {
  if constexpr (Operand::numbers == 1) {
    return {values, block, blocks};
  } else {
    const int pairs = (blocks + 1) / 2;
    float* to = scratch(Use::pairs, size_t(pairs) * rows * L);
    const Operands paired = {to, size_t(rows) * L, pairs};
    for (int first = 0; first < blocks; first += 2, values += 2 * block) {
      for (int row = 0; row < rows; row++, to += L) {
        const float* const at = values + size_t(row) * L;
        store<L>(to, Operand::template of<L>(load<L>(at), first + 1 < blocks ? load<L>(at + block) : Floats<L>{}));
      }
    }
    return paired;
  }
}

/** What is summed over tiles, of `blocks` of channels: where it lies, or as pairs of neighbouring tiles. */
template <class Operand, int L>
INLINE Operands overTiles(const float* values, size_t block, int blocks, int tiles, Use use) {
  if constexpr (Operand::numbers == 1) {
    return {values, block, tiles};
  } else {
    const int pairs = (tiles + 1) / 2;
    float* to = scratch(use, size_t(blocks) * pairs * L);
    const Operands paired = {to, size_t(pairs) * L, pairs};
    for (int each = 0; each < blocks; each++, values += block) {
      for (int tile = 0; tile < tiles; tile += 2, to += L) {
        const float* const at = values + size_t(tile) * L;
        store<L>(to, Operand::template of<L>(load<L>(at), tile + 1 < tiles ? load<L>(at + L) : Floats<L>{}));
      }
    }
    return paired;
  }
}

}  // namespace
}  // namespace vgg
