// The convolution forward, and its gradient by the maps, which is a convolution too.
#pragma once
#include "band.h"
#include "filters.h"
#include "finish.h"
#include "gradientRows.h"
#include "products.h"

namespace vgg {
namespace {

/** The products of all windows with all filters, at each of the 36 points. */
template <class Operand, int L, int N>
void multiplyAtPoints(const Block& block, const Planes<L>& windows, int inputs, const FiltersAtPoints<Operand, L, N>& filters,
                      const Planes<L>& products) {
  for (int at = 0; at < points; at++) {
    const Run tiles = block.at(at);
    const Operands left = overChannels<Operand, L>(windows.at(0, tiles.first) + at * windows.plane, windows.block(),
                                                   roundedUp<L>(inputs) / L, tiles.count);
    for (int panel = 0; panel < filters.outputs / filters.panel; panel++)
      product<Operand, L, N>(tiles.count, left.values, left.block, filters.at(panel, 0) + at * filters.plane, left.count,
                             products.at(panel * filters.panel, tiles.first) + at * products.plane, products.block());
  }
}

/** Turns the products of a band into its rows of the output and writes these. */
template <int L>
void storeBand(const Conv& layer, const Tiles& tiles, const Block& block, int band, const Planes<L>& products) {
  const Band<L> memory(tiles.across);
  const Run whole = {block.firstOf(band), tiles.across.whole};
  bySize(tiles.heightOf(band), [&](auto height) {
    typedef ToTile<height.values> Down;
    const Place place = {tiles.imageOf(band), tiles.rowOf(band) * tile};
    for (int channel = 0; channel < layer.outputs; channel += L) {
      transformProducts<L>(products, tiles.across, Down::from, channel, whole, block.endOf(band), memory);
      storeRows<L, Down>(layer, memory, place, {channel, lanesAt<L>(layer.outputs, channel)});
    }
  });
}

/**
 * A convolution by tiles, in blocks of bands that stay in the cache.
 *
 * @param layer the inputs, outputs and what follows it
 * @param rowsOfBand gives the rows that a band's windows read: rowsOfBand(band), valid until it is called again
 */
template <class Operand, int L, int N, class RowsOfBand>
void convolveBands(const Conv& layer, const FiltersAtPoints<Operand, L, N>& filters, int thread, RowsOfBand rowsOfBand) {
  const Tiles tiles(layer);
  const Share share = shareOf(tiles.bands, threadCount(), thread);
  const int across = tiles.across.count();
  const int step = bandsAtOnce(across, tilesToConvolve(layer.inputs, layer.outputs), share.size());
  float* const windowMemory = scratch(Use::tiles, Planes<L>::sizeOf(layer.inputs, step * across));
  float* const productMemory = scratch(Use::products, Planes<L>::sizeOf(filters.outputs, step * across));
  for (int band = share.from; band < share.to; band += step) {
    const int end = least(band + step, share.to);
    const Block block(tiles, band, end - band);
    const Planes<L> windows(windowMemory, layer.inputs, block.tiles());
    const Planes<L> products(productMemory, filters.outputs, block.tiles());
    for (int each = band; each < end; each++)
      transformWindows<L>(rowsOfBand(each), layer.inputs, tiles, block, each, windows);
    multiplyAtPoints<Operand, L, N>(block, windows, layer.inputs, filters, products);
    for (int each = band; each < end; each++) storeBand<L>(layer, tiles, block, each, products);
  }
}

template <class Operand, int L, int N>
void convolveByTiles(const Conv& layer) {
  const Tiles tiles(layer);
  const FiltersAtPoints<Operand, L, N> filters(layer.inputs, layer.outputs);
  onEachThread([&](int thread) { transformFilter(layer.filter, layer.inputs, layer.outputs, filters, thread); });
  onEachThread([&](int thread) {
    const float* const zeros = zeroRow(size_t(layer.width) * layer.inputs);
    convolveBands(layer, filters, thread, [&](int band) {
      return rowsOf(layer, tiles.imageOf(band), tiles.rowOf(band) * tile - 1, zeros);
    });
  });
}

template <class Operand, int L, int N>
void gradientByMapsByTiles(const ConvGradient& layer) {
  const FiltersAtPoints<Operand, L, N> filters(layer.outputs, layer.inputs);
  onEachThread([&](int thread) { transformTurned(layer.filter, layer.inputs, layer.outputs, filters, thread); });
  Conv turned = {layer.images, layer.height, layer.width, layer.outputs, layer.inputs, false, false};
  turned.output = layer.byMaps;
  const Tiles tiles(turned);
  onEachThread([&](int thread) {
    const int pixel = roundedUp<L>(layer.outputs);
    const size_t row = size_t(layer.width) * pixel;
    float* const rows = scratch(Use::rows, window * row);
    convolveBands(turned, filters, thread, [&](int band) {
      const GradientRows<L> gradient(layer, tiles.imageOf(band), {0, layer.outputs});
      const int y = tiles.rowOf(band) * tile;
      gradient.expand(y - 2, nullptr, rows);
      gradient.expand(y, rows + row, rows + 2 * row);
      gradient.expand(y + 2, rows + 3 * row, rows + 4 * row);
      gradient.expand(y + 4, rows + 5 * row, nullptr);
      return Rows{{rows, rows + row, rows + 2 * row, rows + 3 * row, rows + 4 * row, rows + 5 * row},
                  layer.width,
                  pixel};
    });
  });
}

}  // namespace
}  // namespace vgg
