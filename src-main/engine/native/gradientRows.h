// The gradient behind pool and ReLU: rows of the gradient by the values of the convolution itself, made when they are needed.
#pragma once
#include "kernels.h"
#include "threads.h"
#include "vectors.h"

namespace vgg {
namespace {

/** For some of the output channels of one image. */
template <int L>
class GradientRows {
 public:
  GradientRows(const ConvGradient& layer, int image, Share channels)
      : layer_(layer), image_(image), channels_(channels), pixel_(roundedUp<L>(channels.size())) {}

  /**
   * Writes the rows y and y + 1 (y even), [width][channels rounded up to L] each, with zeros outside the maps.
   *
   * @param upper, lower null for one that is not needed
   */
  void expand(int y, float* upper, float* lower) const {
    if (!layer_.pool) {
      copyRow(y, upper);
      copyRow(y + 1, lower);
    } else if (y < 0 || y / 2 >= layer_.outputHeight()) {
      clear(upper, 0);
      clear(lower, 0);
    } else {
      spread(y / 2, upper, lower);
    }
  }

 private:
  void clear(float* row, int from) const {
    if (row) memset(row + size_t(from) * pixel_, 0, size_t(layer_.width - from) * pixel_ * sizeof(float));
  }

  /** The gradient by the sum that went into the ReLU: of a block of channels, at an index of the output. */
  INLINE Floats<L> behindRelu(size_t at, int lanes) const {
    const Floats<L> gradient = load<L>(layer_.byOutput + at, lanes);
    if (!layer_.relu) return gradient;
    return load<L>(layer_.output + at, lanes) > 0 ? gradient : Floats<L>{};
  }

  void copyRow(int y, float* row) const {
    if (!row) return;
    if (y < 0 || y >= layer_.height) return clear(row, 0);
    const size_t begin = (size_t(image_) * layer_.height + y) * layer_.width;
    for (int x = 0; x < layer_.width; x++) {
      for (int k = 0; k < channels_.size(); k += L) {
        const size_t at = (begin + x) * layer_.outputs + channels_.from + k;
        store<L>(row + size_t(x) * pixel_ + k, behindRelu(at, lanesAt<L>(channels_.size(), k)));
      }
    }
  }

  /** Puts each gradient of a pooled row where the greatest of its window was, and zeros in the other three places. */
  void spread(int pooledRow, float* upper, float* lower) const {
    const int width = layer_.outputWidth();
    const size_t begin = (size_t(image_) * layer_.outputHeight() + pooledRow) * width;
    for (int x = 0; x < width; x++) {
      for (int k = 0; k < channels_.size(); k += L) {
        const int lanes = lanesAt<L>(channels_.size(), k);
        const size_t from = (begin + x) * layer_.outputs + channels_.from + k;
        const Floats<L> gradient = behindRelu(from, lanes), zero = {};
        const Ints<L> place = loadBytes<L>(layer_.places + from, lanes);
        const size_t to = size_t(2 * x) * pixel_ + k;
        if (upper) {
          store<L>(upper + to, place == 0 ? gradient : zero);
          store<L>(upper + to + pixel_, place == 1 ? gradient : zero);
        }
        if (lower) {
          store<L>(lower + to, place == 2 ? gradient : zero);
          store<L>(lower + to + pixel_, place == 3 ? gradient : zero);
        }
      }
    }
    clear(upper, 2 * width);
    clear(lower, 2 * width);
  }

  const ConvGradient& layer_;
  int image_;
  Share channels_;
  int pixel_;
};

}  // namespace
}  // namespace vgg
