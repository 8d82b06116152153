// What follows a convolution, while its values are still in registers: pool, bias and ReLU.
//
// The pool comes first. Bias and ReLU keep the order of the values of a channel, so the greatest of a window is the same either
// way, and the work after it is a quarter.
#pragma once
#include "band.h"

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

/** Where a band's first row of values lies. */
struct Place {
  int image, row;
};

/** Transforms the columns of a band in twos and writes their pooled values. */
template <int L, class Down>
void storePooledRows(const Conv& layer, const Band<L>& band, Place place, Channels channels) {
  const int height = layer.outputHeight(), width = layer.outputWidth();
  const size_t begin = (size_t(place.image) * height + place.row / 2) * width;
  const Floats<L> bias = biasOf<L>(layer, channels);
  for (int x = 0; x < width; x++) {
    Floats<L> products[Down::from], left[Down::to], right[Down::to];
    UNROLL
    for (int i = 0; i < Down::from; i++) products[i] = load<L>(band.at(i, 2 * x));
    Down::template apply<Floats<L>>(products, 1, left, 1);
    UNROLL
    for (int i = 0; i < Down::from; i++) products[i] = load<L>(band.at(i, 2 * x + 1));
    Down::template apply<Floats<L>>(products, 1, right, 1);
    UNROLL
    for (int row = 0; row < Down::to / 2; row++) {
      const Floats<L> four[4] = {left[2 * row], right[2 * row], left[2 * row + 1], right[2 * row + 1]};
      storePooled<L>(layer, four, (begin + size_t(row) * width + x) * layer.outputs + channels.first, channels, bias);
    }
  }
}

/** Transforms the columns of a band and writes what of them lies within the output. */
template <int L, class Down>
void storeRows(const Conv& layer, const Band<L>& band, Place place, Channels channels) {
  if (layer.pool) return storePooledRows<L, Down>(layer, band, place, channels);
  const int rows = layer.height - place.row;
  const size_t row = size_t(layer.width) * layer.outputs;
  float* to = layer.output + (size_t(place.image) * layer.height + place.row) * row + channels.first;
  const Floats<L> bias = biasOf<L>(layer, channels);
  for (int x = 0; x < layer.width; x++, to += layer.outputs) {
    Floats<L> products[Down::from], values[Down::to];
    UNROLL
    for (int i = 0; i < Down::from; i++) products[i] = load<L>(band.at(i, x));
    Down::template apply<Floats<L>>(products, 1, values, 1);
    UNROLL
    for (int i = 0; i < Down::to; i++) {
      if (i < rows) store<L>(to + i * row, withBias<L>(layer, values[i], bias), channels.lanes);
    }
  }
}

}  // namespace
}  // namespace vgg
