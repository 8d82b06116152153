// Maps as tiles: where they lie, how many are worked on at once, and how their windows are read.
#pragma once
#include "kernels.h"
#include "threads.h"
#include "winograd.h"

namespace vgg {
namespace {

/** The 4x4 tiles that cover the maps of a layer. A band is a row of tiles of one image. */
struct Tiles {
  int down, across, bands;

  explicit Tiles(const Conv& layer)
      : down((layer.height + tile - 1) / tile),
        across((layer.width + tile - 1) / tile),
        bands(layer.images * down) {}
  int imageOf(int band) const { return band / down; }
  int rowOf(int band) const { return band % down; }
};

/** What the values at all points of the tiles in work may take, of input and output together: they stay in the cache. */
constexpr size_t workingSet = 3 << 20;

inline int tilesAtOnce(int inputs, int outputs) {
  const size_t each = sizeof(float) * points * (inputs + outputs);
  return greatest(24, least(192, int(workingSet / each)));
}

/** Bands that a thread works on at once, of its share: evenly, so that no last round is small. */
inline int bandsAtOnce(int across, int tiles, int share) {
  const int most = greatest(1, least(tiles / across, share));
  const int rounds = greatest(1, (share + most - 1) / most);
  return greatest(1, (share + rounds - 1) / rounds);
}

/** Maps of one image, or some rows of them. */
struct Maps {
  const float* values;
  int height, width;
  /** Floats from one pixel to the next. */
  int pixel;
};

/** The 6x6 window of one block of channels whose corner is at (top, left); zeros outside the maps. */
template <int L>
INLINE void readWindow(const Maps& maps, int channel, int lanes, int top, int left, Floats<L> (&values)[points]) {
  const auto at = [&](int y, int x) { return maps.values + (size_t(y) * maps.width + x) * maps.pixel + channel; };
  const bool inside = top >= 0 && left >= 0 && top + window <= maps.height && left + window <= maps.width;
  if (inside && lanes == L) {
    const float* corner = at(top, left);
    UNROLL
    for (int y = 0; y < window; y++) {
      UNROLL
      for (int x = 0; x < window; x++)
        values[y * window + x] = load<L>(corner + (size_t(y) * maps.width + x) * maps.pixel);
    }
    return;
  }
  for (int i = 0; i < points; i++) {
    const int y = top + i / window, x = left + i % window;
    const bool isThere = y >= 0 && y < maps.height && x >= 0 && x < maps.width;
    values[i] = isThere ? load<L>(at(y, x), lanes) : Floats<L>{};
  }
}

/** Where the values of a number of tiles lie: [36][channels / L][tiles][L]. */
template <int L>
struct Planes {
  float* values;
  int tiles;
  size_t plane;

  Planes(float* memory, int channels, int tileCount)
      : values(memory), tiles(tileCount), plane(planeOf(size_t(roundedUp<L>(channels)) * tileCount)) {}
  /** Floats that so many tiles of so many channels take. */
  static size_t sizeOf(int channels, int tileCount) {
    return points * planeOf(size_t(roundedUp<L>(channels)) * tileCount);
  }
  /** The first plane's vector of a tile, for the block of channels that begins at `channel`. */
  float* at(int channel, int tile) const { return values + size_t(channel) * tiles + size_t(tile) * L; }
};

/**
 * The windows of one band of tiles, transformed.
 *
 * @param top row of the maps at which the windows begin
 * @param first number of the band's first tile in the planes
 */
template <int L>
void transformBand(const Maps& maps, int channels, int top, int across, const Planes<L>& to, int first) {
  for (int channel = 0; channel < channels; channel += L) {
    const int lanes = lanesAt<L>(channels, channel);
    for (int column = 0; column < across; column++) {
      Floats<L> values[points], atPoints[points];
      readWindow<L>(maps, channel, lanes, top, column * tile - 1, values);
      inBoth<window, window, Floats<L>, toPoints>(values, atPoints);
      scatter<L>(atPoints, to.at(channel, first + column), to.plane);
    }
  }
}

}  // namespace
}  // namespace vgg
