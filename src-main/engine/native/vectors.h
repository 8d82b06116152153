// Vectors of 8 or 16 floats, by the vector extensions of GCC: one source for each instruction set.
//
// Everything that is compiled for an instruction set lies in unnamed namespaces and uses no templates of the standard library:
// of functions that two objects share, the linker keeps either one, and AVX-512 code must not be what runs where there is none.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

#define INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 36")

namespace vgg {
namespace {

/** Lanes of the widest vector: 8 with AVX2, 16 with AVX-512. */
constexpr int widest = VGG_LANES;

template <int L>
struct Types;

#define VECTOR_TYPES(n)                                                                       \
  template <>                                                                                 \
  struct Types<n> {                                                                           \
    typedef float Floats __attribute__((vector_size(4 * n)));                                 \
    typedef float AnyFloats __attribute__((vector_size(4 * n), aligned(4), may_alias));       \
    typedef int Ints __attribute__((vector_size(4 * n)));                                     \
    typedef uint8_t Bytes __attribute__((vector_size(n)));                                    \
  };
VECTOR_TYPES(8)
VECTOR_TYPES(16)
#undef VECTOR_TYPES

template <int L>
using Floats = typename Types<L>::Floats;
template <int L>
using Ints = typename Types<L>::Ints;
template <int L>
using Bytes = typename Types<L>::Bytes;

template <int L>
INLINE Floats<L> load(const float* from) {
  return *reinterpret_cast<const typename Types<L>::AnyFloats*>(from);
}

template <int L>
INLINE void store(float* to, Floats<L> value) {
  *reinterpret_cast<typename Types<L>::AnyFloats*>(to) = value;
}

/** The first lanes of a vector, the others zero: for the last channels, of which there may be fewer than a vector has. */
template <int L>
INLINE Floats<L> load(const float* from, int lanes) {
  if (lanes == L) return load<L>(from);
  Floats<L> value = {};
  memcpy(&value, from, lanes * sizeof(float));
  return value;
}

template <int L>
INLINE void store(float* to, Floats<L> value, int lanes) {
  if (lanes == L) return store<L>(to, value);
  memcpy(to, &value, lanes * sizeof(float));
}

template <int L>
INLINE Ints<L> loadBytes(const uint8_t* from, int lanes) {
  Bytes<L> bytes = {};
  if (lanes == L) {
    memcpy(&bytes, from, L);
  } else {
    memcpy(&bytes, from, lanes);
  }
  return __builtin_convertvector(bytes, Ints<L>);
}

template <int L>
INLINE void storeBytes(uint8_t* to, Ints<L> value, int lanes) {
  const Bytes<L> bytes = __builtin_convertvector(value, Bytes<L>);
  if (lanes == L) {
    memcpy(to, &bytes, L);
  } else {
    memcpy(to, &bytes, lanes);
  }
}

template <int L>
INLINE Floats<L> everywhere(float value) {
  return value - Floats<L>{};
}

/** Zero for what is negative; what is no number stays so. */
template <int L>
INLINE Floats<L> rectified(Floats<L> value) {
  return value < 0 ? Floats<L>{} : value;
}

INLINE int least(int a, int b) { return a < b ? a : b; }
INLINE int greatest(int a, int b) { return a > b ? a : b; }

/** Lanes of the vector that begins at `at`, of `count` channels; none beyond them. */
template <int L>
INLINE int lanesAt(int count, int at) {
  return greatest(0, least(L, count - at));
}

template <int L>
INLINE int roundedUp(int count) {
  return (count + L - 1) / L * L;
}

/** Exchanges rows and columns of L vectors. */
template <int L, int Step = 1>
INLINE void transpose(Floats<L> (&rows)[L]) {
  Ints<L> upper, lower;
  UNROLL
  for (int lane = 0; lane < L; lane++) {
    upper[lane] = lane & Step ? L + lane - Step : lane;
    lower[lane] = lane & Step ? L + lane : lane + Step;
  }
  UNROLL
  for (int row = 0; row < L; row++) {
    if (row & Step) continue;
    const Floats<L> first = rows[row], second = rows[row + Step];
    rows[row] = __builtin_shuffle(first, second, upper);
    rows[row + Step] = __builtin_shuffle(first, second, lower);
  }
  if constexpr (2 * Step < L) transpose<L, 2 * Step>(rows);
}

/** Lanes of the vectors, and vectors side by side in an accumulator, that suit a number of channels. */
template <int L, int N>
struct Form {
  static constexpr int lanes = L, vectors = N;
};

template <int L, class Run>
void inPanels(int outputs, Run run) {
  if (roundedUp<L>(outputs) % (2 * L) == 0) return run(Form<L, 2>{});
  run(Form<L, 1>{});
}

/** Calls run with the form for a convolution of these channels: narrow vectors where wide ones would be half empty. */
template <class Run>
void byChannels(int inputs, int outputs, Run run) {
  if constexpr (widest == 16) {
    if (inputs > 8 && outputs > 8) return inPanels<16>(outputs, run);
  }
  inPanels<8>(outputs, run);
}

}  // namespace
}  // namespace vgg
