// The transforms of a band of tiles: down each column, which neighbouring windows share, and across each row. Between both the
// values lie in the memory of a band: [6][columns][L], for one block of channels.
#pragma once
#include <cstring>
#include "tiles.h"

namespace vgg {
namespace {

/** Calls run with a number that is known when it is compiled: the values of a tile in a direction. */
template <int M>
struct Size {
  static constexpr int values = M;
};

template <class Run>
INLINE void bySize(int size, Run run) {
  if (size == 4) return run(Size<4>{});
  if (size == 3) return run(Size<3>{});
  run(Size<2>{});
}

/** The memory of a band, of the calling thread. */
template <int L>
struct Band {
  float* values;
  size_t row;

  explicit Band(const Axis& across) : row(size_t(across.covered() + 2) * L) { values = scratch(Use::band, window * row); }
  float* at(int point, int column) const { return values + point * row + size_t(column) * L; }
};

/** Rows that a band reads, [width][pixel] each; nowhere null. */
struct Rows {
  const float* rows[window];
  int width, pixel;
};

/**
 * Transforms each column of some rows, for a block of channels.
 *
 * @param before columns of zeros before the first of the rows
 * @param columns of the band in all; those beyond the rows are zeros
 */
template <int L, class Transform>
void transformDown(const Rows& rows, int channel, int lanes, int before, int columns, const Band<L>& band) {
  const int count = least(rows.width, columns - before);
  const auto transform = [&](int column, int width) __attribute__((always_inline)) {
    Floats<L> values[Transform::from], atPoints[Transform::to];
    UNROLL
    for (int i = 0; i < Transform::from; i++)
      values[i] = load<L>(rows.rows[i] + size_t(column) * rows.pixel + channel, width);
    Transform::template apply<Floats<L>>(values, 1, atPoints, 1);
    UNROLL
    for (int i = 0; i < Transform::to; i++) store<L>(band.at(i, before + column), atPoints[i]);
  };
  if (lanes == L) {
    for (int column = 0; column < count; column++) transform(column, L);
  } else {
    for (int column = 0; column < count; column++) transform(column, lanes);
  }
  for (int i = 0; i < Transform::to; i++) {
    memset(band.at(i, 0), 0, size_t(before) * L * sizeof(float));
    memset(band.at(i, before + count), 0, size_t(columns - before - count) * L * sizeof(float));
  }
}

/** Transforms the rows of a band into the planes of a block of channels; tiles are 4 columns apart, and `from` a tile's first. */
template <int L, template <int> class Transform>
void transformAcross(const Band<L>& band, const Axis& across, int rows, const Planes<L>& to, int channel, Run whole, int end) {
  for (int i = 0; i < rows; i++) {
    const float* from = band.at(i, 0);
    float* const plane = to.at(channel, 0) + size_t(i) * window * to.plane;
    const auto transform = [&](auto size, int at) __attribute__((always_inline)) {
      typedef Transform<size.values> Chosen;
      Floats<L> values[Chosen::from], atPoints[Chosen::to];
      UNROLL
      for (int j = 0; j < Chosen::from; j++) values[j] = load<L>(from + j * L);
      Chosen::template apply<Floats<L>>(values, 1, atPoints, 1);
      UNROLL
      for (int j = 0; j < Chosen::to; j++) store<L>(plane + j * to.plane + size_t(at) * L, atPoints[j]);
    };
    for (int at = whole.first; at < whole.first + whole.count; at++, from += tile * L) transform(Size<4>{}, at);
    if (across.last == 3) transform(Size<3>{}, end);
    if (across.last == 2) transform(Size<2>{}, end);
  }
}

/** The other way: transforms the products of a block of channels into the rows of a band. */
template <int L>
void transformProducts(const Planes<L>& from, const Axis& across, int rows, int channel, Run whole, int end, const Band<L>& band) {
  for (int i = 0; i < rows; i++) {
    float* to = band.at(i, 0);
    const float* const plane = from.at(channel, 0) + size_t(i) * window * from.plane;
    const auto transform = [&](auto size, int at) __attribute__((always_inline)) {
      typedef ToTile<size.values> Chosen;
      Floats<L> products[Chosen::from], values[Chosen::to];
      UNROLL
      for (int j = 0; j < Chosen::from; j++) products[j] = load<L>(plane + j * from.plane + size_t(at) * L);
      Chosen::template apply<Floats<L>>(products, 1, values, 1);
      UNROLL
      for (int j = 0; j < Chosen::to; j++) store<L>(to + j * L, values[j]);
    };
    for (int at = whole.first; at < whole.first + whole.count; at++, to += tile * L) transform(Size<4>{}, at);
    if (across.last == 3) transform(Size<3>{}, end);
    if (across.last == 2) transform(Size<2>{}, end);
  }
}

/** The windows of one band of tiles at the points, of all channels. */
template <int L>
void transformWindows(const Rows& rows, int channels, const Tiles& tiles, const Block& block, int band, const Planes<L>& to) {
  const Band<L> memory(tiles.across);
  const Run whole = {block.firstOf(band), tiles.across.whole};
  bySize(tiles.heightOf(band), [&](auto height) {
    typedef ToPoints<height.values> Down;
    for (int channel = 0; channel < channels; channel += L) {
      transformDown<L, Down>(rows, channel, lanesAt<L>(channels, channel), 1, tiles.across.covered() + 2, memory);
      transformAcross<L, ToPoints>(memory, tiles.across, Down::to, to, channel, whole, block.endOf(band));
    }
  });
}

/** Zeros for rows outside the maps, in the calling thread's memory. */
inline const float* zeroRow(size_t floats) {
  float* const zeros = scratch(Use::zeros, floats);
  memset(zeros, 0, floats * sizeof(float));
  return zeros;
}

/** The rows of an image's maps that a band's windows read, from `top` on. */
inline Rows rowsOf(const Conv& layer, int image, int top, const float* zeros) {
  Rows rows = {{}, layer.width, layer.inputs};
  const size_t row = size_t(layer.width) * layer.inputs;
  for (int i = 0; i < window; i++) {
    const int y = top + i;
    rows.rows[i] = y < 0 || y >= layer.height ? zeros : layer.maps + (size_t(image) * layer.height + y) * row;
  }
  return rows;
}

}  // namespace
}  // namespace vgg
