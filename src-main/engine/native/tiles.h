// Maps as tiles: where they lie, and how many are worked on at once.
#pragma once
#include "kernels.h"
#include "threads.h"
#include "winograd.h"

namespace vgg {
namespace {

/** One direction of a map: tiles of four, and at its end one of three or two where that is enough. */
struct Axis {
  int whole;
  /** Values of the smaller tile at the end; 0 for none. */
  int last;

  explicit Axis(int extent) : whole(extent / tile), last(extent % tile == 0 ? 0 : greatest(2, extent % tile)) {}
  int count() const { return whole + (last > 0); }
  /** Values of all tiles: one more than there are where a single one is left at the end. */
  int covered() const { return whole * tile + last; }
  bool isLast(int index) const { return index == whole; }
};

/** The tiles that cover the values of a layer, or those that its pool reads. A band is a row of tiles of one image. */
struct Tiles {
  Axis down, across;
  int bands;

  explicit Tiles(const Conv& layer)
      : down(layer.pool ? layer.height & ~1 : layer.height),
        across(layer.pool ? layer.width & ~1 : layer.width),
        bands(layer.images * down.count()) {}
  int imageOf(int band) const { return band / down.count(); }
  int rowOf(int band) const { return band % down.count(); }
  /** Values of the band's tiles in the direction down. */
  int heightOf(int band) const { return down.isLast(rowOf(band)) ? down.last : tile; }
};

/** Bytes of a tile's values at all points, of input and output together. */
inline size_t bytesOfTile(int inputs, int outputs) { return sizeof(float) * points * (inputs + outputs); }

/** What the tiles in work may take: they stay in the cache that the cores share, and better in a core's own. */
constexpr size_t sharedCache = 3 << 20, ownCache = 256 << 10;

inline int tilesAtOnce(int inputs, int outputs) {
  return greatest(24, least(192, int(sharedCache / bytesOfTile(inputs, outputs))));
}

/**
 * The same for a convolution, which reads the filter's values at the points once for so many tiles. As many as stay in a core's
 * own cache, or more where the filter is so large that theirs would be less than half of its values.
 */
inline int tilesToConvolve(int inputs, int outputs) {
  const int own = int(ownCache / bytesOfTile(inputs, outputs)), halfOfFilter = inputs * outputs / (2 * (inputs + outputs));
  return least(tilesAtOnce(inputs, outputs), greatest(12, greatest(own, halfOfFilter)));
}

/** Bands that a thread works on at once, of its share: evenly, so that no last round is small. */
inline int bandsAtOnce(int across, int tiles, int share) {
  const int most = greatest(1, least(tiles / greatest(1, across), share));
  const int rounds = greatest(1, (share + most - 1) / most);
  return greatest(1, (share + rounds - 1) / rounds);
}

/** Tiles that follow each other. */
struct Run {
  int first, count;
};

/**
 * Some bands that are worked on at once. Their tiles are ordered such that those that use a point follow each other: first
 * those that are smaller downwards, then whole ones, then those that are smaller across, then those that are both.
 */
class Block {
 public:
  Block(const Tiles& tiles, int first, int bands) : tiles_(tiles), first_(first) {
    const int count = tiles.down.count();
    const auto lastBefore = [&](int band) { return tiles.down.last > 0 ? band / count : 0; };
    lastBefore_ = lastBefore(first);
    last_ = lastBefore(first + bands) - lastBefore_;
    whole_ = bands - last_;
  }
  int tiles() const { return (whole_ + last_) * tiles_.across.count(); }

  /** The first of a band's tiles of four across; those after it follow. */
  int firstOf(int band) const {
    return isLast(band) ? indexOf(band) * across() : (last_ + indexOf(band)) * across();
  }
  /** The tile at the end of a band, which is smaller across. */
  int endOf(int band) const {
    return (last_ + whole_) * across() + (isLast(band) ? whole_ : 0) + indexOf(band);
  }

  /** The tiles that use a point. */
  Run at(int point) const {
    const bool withLastBands = point / window < tiles_.down.last + 2, withEnds = point % window < tiles_.across.last + 2;
    const int first = withLastBands ? 0 : last_ * across();
    const int ends = (withEnds && tiles_.across.last > 0) ? whole_ + (withLastBands ? last_ : 0) : 0;
    return {first, (last_ + whole_) * across() - first + ends};
  }

 private:
  int across() const { return tiles_.across.whole; }
  bool isLast(int band) const { return tiles_.down.isLast(tiles_.rowOf(band)); }
  /** Among the bands of its kind in the block. */
  int indexOf(int band) const {
    const int lastBefore = (tiles_.down.last > 0 ? band / tiles_.down.count() : 0) - lastBefore_;
    return isLast(band) ? lastBefore : band - first_ - lastBefore;
  }

  const Tiles& tiles_;
  int first_, lastBefore_, last_, whole_;
};

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
  /** Floats from one block of channels to the next. */
  size_t block() const { return size_t(tiles) * L; }
};

}  // namespace
}  // namespace vgg
