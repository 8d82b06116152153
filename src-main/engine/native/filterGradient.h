// The gradient by filter and bias: the transforms of the convolution, each transposed, around sums over all tiles.
#pragma once
#include <cstring>
#include "band.h"
#include "gradientRows.h"
#include "products.h"

namespace vgg {
namespace {

/**
 * The sums of some output channels over some bands: at the 36 points [36][inputs][channels], and for the bias [channels].
 * Both are in the memory of the thread that made them; channels are rounded up to L.
 */
struct Sums {
  const float* atPoints;
  const float* bias;
  int channels;
  size_t plane;
};

/** Adds the rows of a band up for the bias. */
template <int L>
void addToBias(const Rows& rows, int count, float* bias) {
  for (int k = 0; k < rows.pixel; k += L) {
    Floats<L> sum = {};
    for (int i = 0; i < count; i++) {
      for (int x = 0; x < rows.width; x++) sum += load<L>(rows.rows[i] + size_t(x) * rows.pixel + k);
    }
    store<L>(bias + k, load<L>(bias + k) + sum);
  }
}

/** One band of the gradient by the output at the points. */
template <int L>
void transformGradients(const Rows& rows, const Tiles& tiles, const Block& block, int band, const Planes<L>& to) {
  const Band<L> memory(tiles.across);
  const Run whole = {block.firstOf(band), tiles.across.whole};
  bySize(tiles.heightOf(band), [&](auto height) {
    typedef FromTile<height.values> Down;
    for (int channel = 0; channel < rows.pixel; channel += L) {
      transformDown<L, Down>(rows, channel, L, 0, tiles.across.covered(), memory);
      transformAcross<L, FromTile>(memory, tiles.across, Down::to, to, channel, whole, block.endOf(band));
    }
  });
}

/** Adds the sums over a block's tiles, at each of the 36 points. */
template <class Operand, int L, int N>
void sumAtPoints(const Block& block, const Planes<L>& windows, int inputs, const Planes<L>& gradients, int outputs, float* sums,
                 size_t plane, bool first) {
  for (int at = 0; at < points; at++) {
    const Run run = block.at(at);
    const Operands left = overTiles<Operand, L>(windows.at(0, run.first) + at * windows.plane, windows.block(), inputs / L,
                                                run.count, Use::pairs);
    const Operands right = overTiles<Operand, L>(gradients.at(0, run.first) + at * gradients.plane, gradients.block(),
                                                 outputs / L, run.count, Use::otherPairs);
    sumOverTiles<Operand, L, N>(left.count, left.block, left.values, inputs, right.values, outputs, sums + at * plane, first);
  }
}

/** Adds up the channels `channels` over the bands `bands`, in the calling thread. */
template <class Operand, int L, int N>
Sums sumBands(const ConvGradient& layer, Share channels, Share bands, int tilesInWork) {
  const Tiles tiles(layer);
  const int inputs = roundedUp<L>(layer.inputs), outputs = roundedUp<N * L>(channels.size());
  const int across = tiles.across.count(), step = bandsAtOnce(across, tilesInWork, bands.size());
  const size_t plane = planeOf(size_t(inputs) * outputs), row = size_t(layer.width) * outputs;
  float* const windowMemory = scratch(Use::tiles, Planes<L>::sizeOf(inputs, step * across));
  float* const gradientMemory = scratch(Use::products, Planes<L>::sizeOf(outputs, step * across));
  float* const rows = scratch(Use::rows, tile * row);
  float* const sums = scratch(Use::sums, points * plane);
  float* const bias = scratch(Use::bias, outputs);
  const float* const zeros = zeroRow(size_t(layer.width) * layer.inputs);
  memset(bias, 0, outputs * sizeof(float));
  if (bands.size() == 0) memset(sums, 0, points * plane * sizeof(float));
  for (int band = bands.from; band < bands.to; band += step) {
    const int end = least(band + step, bands.to);
    const Block block(tiles, band, end - band);
    const Planes<L> windows(windowMemory, inputs, block.tiles()), gradients(gradientMemory, outputs, block.tiles());
    for (int each = band; each < end; each++) {
      const int image = tiles.imageOf(each), y = tiles.rowOf(each) * tile;
      transformWindows<L>(rowsOf(layer, image, y - 1, zeros), layer.inputs, tiles, block, each, windows);
      const GradientRows<L> gradient(layer, image, channels);
      gradient.expand(y, rows, rows + row);
      gradient.expand(y + 2, rows + 2 * row, rows + 3 * row);
      const Rows gradientRows = {{rows, rows + row, rows + 2 * row, rows + 3 * row}, layer.width, outputs};
      addToBias<L>(gradientRows, tiles.heightOf(each), bias);
      transformGradients<L>(gradientRows, tiles, block, each, gradients);
    }
    sumAtPoints<Operand, L, N>(block, windows, inputs, gradients, outputs, sums, plane, band == bands.from);
  }
  return {sums, bias, outputs, plane};
}

/** Turns the sums of some output channels into gradients by the filters of some inputs; those of several threads are added. */
template <int L>
void storeFilterGradient(const ConvGradient& layer, Share inputs, Share channels, const Sums* parts, int count) {
  for (int c = inputs.from; c < inputs.to; c++) {
    for (int k = 0; k < channels.size(); k += L) {
      const int lanes = lanesAt<L>(channels.size(), k);
      Floats<L> sum[points], taps[9];
      gather<L>(parts[0].atPoints + size_t(c) * parts[0].channels + k, parts[0].plane, sum);
      for (int part = 1; part < count; part++) {
        Floats<L> more[points];
        gather<L>(parts[part].atPoints + size_t(c) * parts[part].channels + k, parts[part].plane, more);
        UNROLL
        for (int at = 0; at < points; at++) sum[at] += more[at];
      }
      inBoth<ToFilter, Floats<L>>(sum, taps);
      UNROLL
      for (int tap = 0; tap < 9; tap++)
        store<L>(layer.byFilter + (size_t(tap) * layer.inputs + c) * layer.outputs + channels.from + k, taps[tap], lanes);
    }
  }
}

/** Adds the bias sums of several threads, in their order. */
inline void storeBiasGradient(float* byBias, int channels, const Sums* parts, int count) {
  for (int k = 0; k < channels; k++) {
    float sum = 0;
    for (int part = 0; part < count; part++) sum += parts[part].bias[k];
    byBias[k] = sum;
  }
}

/** Each thread has its own bands and sums for all channels, which are then added: for filters of which copies are small. */
template <class Operand, int L, int N>
void filterGradientByBands(const ConvGradient& layer) {
  const int bands = Tiles(layer).bands, threads = threadCount();
  const Share all = {0, layer.outputs};
  Sums parts[mostThreads];
  onEachThread([&](int thread) {
    const int inWork = tilesAtOnce(layer.inputs, layer.outputs);
    parts[thread] = sumBands<Operand, L, N>(layer, all, shareOf(bands, threads, thread), inWork);
  });
  onEachThread([&](int thread) {
    storeFilterGradient<L>(layer, shareOf(layer.inputs, threads, thread), all, parts, threads);
  });
  storeBiasGradient(layer.byBias, layer.outputs, parts, threads);
}

/** Each thread has its own output channels, over all bands. */
template <class Operand, int L, int N>
void filterGradientByChannels(const ConvGradient& layer) {
  const int bands = Tiles(layer).bands, panels = roundedUp<N * L>(layer.outputs) / (N * L);
  onEachThread([&](int thread) {
    const Share share = shareOf(panels, threadCount(), thread);
    const Share channels = {share.from * N * L, least(layer.outputs, share.to * N * L)};
    if (channels.size() <= 0) return;
    const int inWork = greatest(128, tilesAtOnce(layer.inputs, channels.size()));
    const Sums sums = sumBands<Operand, L, N>(layer, channels, {0, bands}, inWork);
    storeFilterGradient<L>(layer, {0, layer.inputs}, channels, &sums, 1);
    storeBiasGradient(layer.byBias + channels.from, channels.size(), &sums, 1);
  });
}

template <class Operand, int L, int N>
void filterGradientByTiles(const ConvGradient& layer) {
  const size_t sums = sizeof(float) * points * layer.inputs * layer.outputs;
  const bool hasPanelsForAll = layer.outputs / (N * L) >= threadCount();
  if (hasPanelsForAll && sums * threadCount() > (8 << 20)) return filterGradientByChannels<Operand, L, N>(layer);
  filterGradientByBands<Operand, L, N>(layer);
}

}  // namespace
}  // namespace vgg
