// The convolution forward, and its gradient by the maps, which is a convolution too.
#pragma once
#include "filters.h"
#include "finish.h"
#include "gradientRows.h"
#include "products.h"
#include "tiles.h"

namespace vgg {
namespace {

/** The products of all windows with all filters, at each of the 36 points. */
template <int L, int N>
void multiplyAtPoints(const Planes<L>& windows, const FiltersAtPoints<L, N>& filters, const Planes<L>& products) {
  for (int at = 0; at < points; at++) {
    for (int panel = 0; panel < filters.outputs / filters.panel; panel++)
      product<L, N>(windows.tiles, windows.values + at * windows.plane, filters.at(panel, 0) + at * filters.plane,
                    filters.inputs / L, products.at(panel * filters.panel, 0) + at * products.plane);
  }
}

/** Turns products into tiles of the output and writes these. */
template <int L>
void storeTiles(const Conv& layer, const Tiles& tiles, int firstBand, const Planes<L>& products) {
  for (int channel = 0; channel < layer.outputs; channel += L) {
    const Channels channels = {channel, lanesAt<L>(layer.outputs, channel)};
    const Floats<L> bias = biasOf<L>(layer, channels);
    for (int index = 0; index < products.tiles; index++) {
      const int band = firstBand + index / tiles.across;
      Floats<L> atPoints[points], values[tile * tile];
      gather<L>(products.at(channel, index), products.plane, atPoints);
      inBoth<window, tile, Floats<L>, toTile>(atPoints, values);
      const Place place = {tiles.imageOf(band), tiles.rowOf(band), index % tiles.across};
      storeTile<L>(layer, values, place, channels, bias);
    }
  }
}

/**
 * A convolution by tiles, in blocks of bands that stay in the cache.
 *
 * @param layer the inputs, outputs and what follows it
 * @param readBand fills the planes with the transformed windows of a band: readBand(band, planes, first tile)
 */
template <int L, int N, class ReadBand>
void convolveBands(const Conv& layer, const FiltersAtPoints<L, N>& filters, int thread, ReadBand readBand) {
  const Tiles tiles(layer);
  const Share share = shareOf(tiles.bands, threadCount(), thread);
  const int step = bandsAtOnce(tiles.across, tilesAtOnce(layer.inputs, layer.outputs), share.size());
  const int most = step * tiles.across;
  float* const windowMemory = scratch(Use::tiles, Planes<L>::sizeOf(filters.inputs, most));
  float* const productMemory = scratch(Use::products, Planes<L>::sizeOf(filters.outputs, most));
  for (int band = share.from; band < share.to; band += step) {
    const int bands = least(step, share.to - band);
    const Planes<L> windows(windowMemory, filters.inputs, bands * tiles.across);
    const Planes<L> products(productMemory, filters.outputs, bands * tiles.across);
    for (int index = 0; index < bands; index++) readBand(band + index, windows, index * tiles.across);
    multiplyAtPoints<L, N>(windows, filters, products);
    storeTiles<L>(layer, tiles, band, products);
  }
}

template <int L, int N>
void convolveByTiles(const Conv& layer) {
  const Tiles tiles(layer);
  const FiltersAtPoints<L, N> filters(layer.inputs, layer.outputs);
  onEachThread([&](int thread) { transformFilter<L, N>(layer.filter, layer.inputs, layer.outputs, filters, thread); });
  const size_t image = size_t(layer.height) * layer.width * layer.inputs;
  onEachThread([&](int thread) {
    convolveBands<L, N>(layer, filters, thread, [&](int band, const Planes<L>& to, int first) {
      const Maps maps = {layer.maps + tiles.imageOf(band) * image, layer.height, layer.width, layer.inputs};
      transformBand<L>(maps, layer.inputs, tiles.rowOf(band) * tile - 1, tiles.across, to, first);
    });
  });
}

template <int L, int N>
void gradientByMapsByTiles(const ConvGradient& layer) {
  const Tiles tiles(layer);
  const FiltersAtPoints<L, N> filters(layer.outputs, layer.inputs);
  onEachThread([&](int thread) { transformTurned<L, N>(layer.filter, layer.inputs, layer.outputs, filters, thread); });
  Conv turned = {layer.images, layer.height, layer.width, layer.outputs, layer.inputs, false, false};
  turned.output = layer.byMaps;
  onEachThread([&](int thread) {
    const size_t row = size_t(layer.width) * filters.inputs;
    float* const rows = scratch(Use::rows, window * row);
    const Maps band6 = {rows, window, layer.width, filters.inputs};
    convolveBands<L, N>(turned, filters, thread, [&](int band, const Planes<L>& to, int first) {
      const GradientRows<L> gradient(layer, tiles.imageOf(band), {0, layer.outputs});
      const int y = tiles.rowOf(band) * tile;
      gradient.expand(y - 2, nullptr, rows);
      gradient.expand(y, rows + row, rows + 2 * row);
      gradient.expand(y + 2, rows + 3 * row, rows + 4 * row);
      gradient.expand(y + 4, rows + 5 * row, nullptr);
      transformBand<L>(band6, filters.inputs, 0, tiles.across, to, first);
    });
  });
}

}  // namespace
}  // namespace vgg
