// What follows a convolution, while its values are still in registers: pool, bias and ReLU.
//
// The pool comes first. Bias and ReLU keep the order of the values of a channel, so the greatest of a window is the same either
// way, and the work after it is a quarter.
#pragma once
#include "kernels.h"
#include "vectors.h"

namespace vgg {
namespace {

/** Where a block of channels of an output goes. */
struct Channels {
  int first, lanes;
};

template <int L>
INLINE Floats<L> withBias(const Conv& layer, Floats<L> value, Floats<L> bias) {
  value += bias;
  return layer.relu ? rectified<L>(value) : value;
}

template <int L>
INLINE Floats<L> biasOf(const Conv& layer, Channels channels) {
  return layer.bias ? load<L>(layer.bias + channels.first, channels.lanes) : Floats<L>{};
}

/** Writes the pooled value of the four of a window, at an index of the output, and which of them it was. */
template <int L>
INLINE void storePooled(const Conv& layer, const Floats<L> (&four)[4], size_t at, Channels channels, Floats<L> bias) {
  Floats<L> most = four[0];
  Ints<L> place = {};
  UNROLL
  for (int i = 1; i < 4; i++) {
    const Ints<L> isGreater = four[i] > most;
    most = isGreater ? four[i] : most;
    place = isGreater ? Ints<L>{} + i : place;
  }
  store<L>(layer.output + at, withBias<L>(layer, most, bias), channels.lanes);
  storeBytes<L>(layer.places + at, place, channels.lanes);
}

/** A 4x4 tile of the values of one image. */
struct Place {
  int image, tileRow, tileColumn;
};

template <int L>
INLINE void storePooledTile(const Conv& layer, const Floats<L> (&values)[16], Place place, Channels channels, Floats<L> bias) {
  const int height = layer.outputHeight(), width = layer.outputWidth();
  UNROLL
  for (int row = 0; row < 2; row++) {
    const int y = place.tileRow * 2 + row;
    if (y >= height) break;
    UNROLL
    for (int column = 0; column < 2; column++) {
      const int x = place.tileColumn * 2 + column, corner = row * 8 + column * 2;
      if (x >= width) break;
      const Floats<L> four[4] = {values[corner], values[corner + 1], values[corner + 4], values[corner + 5]};
      const size_t at = ((size_t(place.image) * height + y) * width + x) * layer.outputs + channels.first;
      storePooled<L>(layer, four, at, channels, bias);
    }
  }
}

/** Writes what of a tile lies within the output. */
template <int L>
INLINE void storeTile(const Conv& layer, const Floats<L> (&values)[16], Place place, Channels channels, Floats<L> bias) {
  if (layer.pool) return storePooledTile<L>(layer, values, place, channels, bias);
  UNROLL
  for (int row = 0; row < 4; row++) {
    const int y = place.tileRow * 4 + row;
    if (y >= layer.height) break;
    UNROLL
    for (int column = 0; column < 4; column++) {
      const int x = place.tileColumn * 4 + column;
      if (x >= layer.width) break;
      const size_t at = ((size_t(place.image) * layer.height + y) * layer.width + x) * layer.outputs + channels.first;
      store<L>(layer.output + at, withBias<L>(layer, values[row * 4 + column], bias), channels.lanes);
    }
  }
}

}  // namespace
}  // namespace vgg
