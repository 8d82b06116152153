// The first layer, which reads three channels: the direct sum of 27 products. So few channels would leave the vectors of the
// fast algorithm nearly empty; here the vectors hold output channels.
#pragma once
#include <cstring>
#include "finish.h"
#include "gradientRows.h"

namespace vgg {
namespace {

constexpr int rgb = 3, firstTaps = 9 * rgb;

/** A row of an image between one black pixel on each side; black outside the image. */
inline void readPaddedRow(const Conv& layer, int image, int y, float* row) {
  const size_t pixels = size_t(layer.width) * rgb;
  if (y < 0 || y >= layer.height) {
    memset(row, 0, (pixels + 2 * rgb) * sizeof(float));
    return;
  }
  memset(row, 0, rgb * sizeof(float));
  memcpy(row + rgb, layer.maps + (size_t(image) * layer.height + y) * pixels, pixels * sizeof(float));
  memset(row + rgb + pixels, 0, rgb * sizeof(float));
}

/** The sums of R neighbouring pixels, for N L output channels. Rows are [3][stride], filter [27][outputs]. */
template <int L, int N, int R>
INLINE void firstPixels(const float* rows, int stride, const float* filter, int outputs, float* to) {
  Floats<L> sums[R][N];
  UNROLL
  for (int pixel = 0; pixel < R; pixel++) {
    UNROLL
    for (int n = 0; n < N; n++) sums[pixel][n] = Floats<L>{};
  }
  for (int y = 0; y < 3; y++) {
    for (int tap = 0; tap < 9; tap++, filter += outputs) {
      const float* const values = rows + y * stride + tap;
      Floats<L> factors[N];
      UNROLL
      for (int n = 0; n < N; n++) factors[n] = load<L>(filter + n * L);
      UNROLL
      for (int pixel = 0; pixel < R; pixel++) {
        const Floats<L> value = everywhere<L>(values[pixel * rgb]);
        UNROLL
        for (int n = 0; n < N; n++) sums[pixel][n] += value * factors[n];
      }
    }
  }
  UNROLL
  for (int pixel = 0; pixel < R; pixel++) {
    UNROLL
    for (int n = 0; n < N; n++) store<L>(to + size_t(pixel) * outputs + n * L, sums[pixel][n]);
  }
}

template <int L, int N>
void firstRow(const float* rows, int stride, int width, const float* filter, int outputs, float* to) {
  constexpr int R = widest == 16 ? 8 : (N == 2 ? 4 : 8);
  for (int k = 0; k < outputs; k += N * L) {
    int x = 0;
    for (; x + R <= width; x += R)
      firstPixels<L, N, R>(rows + x * rgb, stride, filter + k, outputs, to + size_t(x) * outputs + k);
    for (; x < width; x++)
      firstPixels<L, N, 1>(rows + x * rgb, stride, filter + k, outputs, to + size_t(x) * outputs + k);
  }
}

/** Pool, bias and ReLU of one row of the output, from the one or two rows of sums [width][channels] that it needs. */
template <int L>
void finishFirstRow(const Conv& layer, const float* sums, int stride, int image, int y) {
  const size_t begin = (size_t(image) * layer.outputHeight() + y) * layer.outputWidth();
  const size_t row = size_t(layer.width) * stride;
  for (int k = 0; k < layer.outputs; k += L) {
    const Channels channels = {k, lanesAt<L>(layer.outputs, k)};
    const Floats<L> bias = biasOf<L>(layer, channels);
    for (int x = 0; x < layer.outputWidth(); x++) {
      const size_t at = (begin + x) * layer.outputs + k;
      if (layer.pool) {
        const float* const corner = sums + size_t(2 * x) * stride + k;
        const Floats<L> four[4] = {load<L>(corner), load<L>(corner + stride), load<L>(corner + row),
                                   load<L>(corner + row + stride)};
        storePooled<L>(layer, four, at, channels, bias);
      } else {
        const Floats<L> sum = load<L>(sums + size_t(x) * stride + k);
        store<L>(layer.output + at, withBias<L>(layer, sum, bias), channels.lanes);
      }
    }
  }
}

template <int L, int N>
void convolveFirst(const Conv& layer) {
  const int outputs = roundedUp<N * L>(layer.outputs), stride = rgb * (layer.width + 2);
  const int rowsAtOnce = layer.pool ? 2 : 1;
  float* const filter = scratch(Use::filter, size_t(firstTaps) * outputs);
  memset(filter, 0, size_t(firstTaps) * outputs * sizeof(float));
  for (int tap = 0; tap < firstTaps; tap++)
    memcpy(filter + size_t(tap) * outputs, layer.filter + size_t(tap) * layer.outputs, layer.outputs * sizeof(float));
  onEachThread([&](int thread) {
    const Share share = shareOf(layer.images * layer.outputHeight(), threadCount(), thread);
    float* const rows = scratch(Use::rows, size_t(4) * stride);
    float* const sums = scratch(Use::products, size_t(2) * layer.width * outputs);
    for (int index = share.from; index < share.to; index++) {
      const int image = index / layer.outputHeight(), y = index % layer.outputHeight();
      for (int i = 0; i < rowsAtOnce + 2; i++)
        readPaddedRow(layer, image, y * rowsAtOnce - 1 + i, rows + size_t(i) * stride);
      for (int i = 0; i < rowsAtOnce; i++)
        firstRow<L, N>(rows + size_t(i) * stride, stride, layer.width, filter, outputs,
                       sums + size_t(i) * layer.width * outputs);
      finishFirstRow<L>(layer, sums, outputs, image, y);
    }
  });
}

/**
 * Adds one row of the gradient, [width][outputs], to the sums [28][outputs] for the filter's 27 taps and the bias. Each row is
 * added up by itself first: sums of sums lose less precision than one long sum.
 */
template <int L>
void addFirstRow(const float* rows, int stride, const float* gradient, int width, int outputs, float* sums) {
  for (int k = 0; k < outputs; k += L) {
    float* const biasSum = sums + size_t(firstTaps) * outputs + k;
    Floats<L> bias = {};
    for (int y = 0; y < 3; y++) {
      float* const to = sums + size_t(y) * 9 * outputs + k;
      const float* values = rows + y * stride;
      Floats<L> taps[9] = {};
      for (int x = 0; x < width; x++, values += rgb) {
        const Floats<L> value = load<L>(gradient + size_t(x) * outputs + k);
        UNROLL
        for (int tap = 0; tap < 9; tap++) taps[tap] += everywhere<L>(values[tap]) * value;
        if (y == 0) bias += value;
      }
      UNROLL
      for (int tap = 0; tap < 9; tap++) {
        float* const sum = to + size_t(tap) * outputs;
        store<L>(sum, load<L>(sum) + taps[tap]);
      }
    }
    store<L>(biasSum, load<L>(biasSum) + bias);
  }
}

/** The sums of the calling thread over its share of pairs of rows. */
template <int L>
const float* sumFirstRows(const ConvGradient& layer, int outputs, int thread) {
  const int pairs = (layer.height + 1) / 2, stride = rgb * (layer.width + 2);
  const Share share = shareOf(layer.images * pairs, threadCount(), thread);
  const size_t row = size_t(layer.width) * outputs, count = size_t(firstTaps + 1) * outputs;
  float* const rows = scratch(Use::rows, size_t(4) * stride);
  float* const gradients = scratch(Use::products, 2 * row);
  float* const sums = scratch(Use::sums, count);
  memset(sums, 0, count * sizeof(float));
  for (int index = share.from; index < share.to; index++) {
    const int image = index / pairs, y = index % pairs * 2;
    for (int i = 0; i < 4; i++) readPaddedRow(layer, image, y - 1 + i, rows + size_t(i) * stride);
    GradientRows<L>(layer, image, {0, layer.outputs}).expand(y, gradients, gradients + row);
    for (int i = 0; i < 2; i++)
      addFirstRow<L>(rows + size_t(i) * stride, stride, gradients + i * row, layer.width, outputs, sums);
  }
  return sums;
}

template <int L>
void firstFilterGradient(const ConvGradient& layer) {
  const int outputs = roundedUp<L>(layer.outputs), threads = threadCount();
  const float* parts[mostThreads];
  onEachThread([&](int thread) { parts[thread] = sumFirstRows<L>(layer, outputs, thread); });
  for (int tap = 0; tap <= firstTaps; tap++) {
    float* const to = tap < firstTaps ? layer.byFilter + size_t(tap) * layer.outputs : layer.byBias;
    for (int k = 0; k < layer.outputs; k++) {
      float sum = 0;
      for (int part = 0; part < threads; part++) sum += parts[part][size_t(tap) * outputs + k];
      to[k] = sum;
    }
  }
}

}  // namespace
}  // namespace vgg
