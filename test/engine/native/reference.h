// What the kernels compute, by plain sums in float64, and arrays to compare them with.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>
#include "../../../src-main/engine/native/kernels.h"

typedef std::vector<double> Doubles;

/** Random numbers of a fixed sequence. */
struct Random {
  uint32_t state;

  uint32_t next() { return (state = state * 1664525 + 1013904223) >> 8; }
  int within(int from, int to) { return from + int(next() % uint32_t(to - from + 1)); }
  float signedUnit() { return next() / 8388608.f - 1; }
};

/** Values at an address that is no multiple of more than four, whose end AddressSanitizer watches. */
class Values {
 public:
  explicit Values(size_t size) : size_(size), memory_(new float[size + 1]) {
    for (size_t i = 0; i < size; i++) data()[i] = NAN;  // what is not written is found
  }
  Values(size_t size, Random& random, float scale) : Values(size) {
    for (size_t i = 0; i < size; i++) data()[i] = scale * random.signedUnit();
  }

  float* data() const { return memory_.get() + 1; }
  size_t size() const { return size_; }
  float operator[](size_t i) const { return data()[i]; }
  bool sameBytes(const Values& other) const { return memcmp(data(), other.data(), size_ * sizeof(float)) == 0; }

 private:
  size_t size_;
  std::unique_ptr<float[]> memory_;
};

/** The greatest difference, relative to the greatest expected value. */
inline double difference(const Values& found, const Doubles& expected) {
  double greatest = 1e-30, gap = 0;
  for (size_t i = 0; i < expected.size(); i++) {
    greatest = std::max(greatest, std::fabs(expected[i]));
    const double distance = std::fabs(found[i] - expected[i]);
    if (!(distance <= gap)) gap = distance;  // also of what is no number
  }
  return gap / greatest;
}

/** A convolution by its definition. */
class Reference {
 public:
  explicit Reference(const vgg::ConvGradient& layer) : layer_(layer) {
    convolve();
    finish();
  }

  Doubles output;
  /** The gradient by the sums of the convolution, behind pool and ReLU. */
  Doubles bySums, byMaps, byFilter, byBias;


  /** For the places and the signs that the kernel itself found, which near a tie or near zero may be others. */
  void differentiate(const uint8_t* places, const float* found) {
    const auto& l = layer_;
    bySums.assign(sums_.size(), 0);
    byBias.assign(l.outputs, 0);
    eachOutput([&](size_t at, int image, int y, int x, int k) {
      if (l.relu && !(found[at] > 0)) return;
      const int place = l.pool ? places[at] : 0, scale = l.pool ? 2 : 1;
      bySums[sumAt(image, y * scale + place / 2, x * scale + place % 2, k)] += l.byOutput[at];
      byBias[k] += l.byOutput[at];
    });
    byMaps.assign(size_t(l.images) * l.height * l.width * l.inputs, 0);
    byFilter.assign(size_t(9) * l.inputs * l.outputs, 0);
    eachTap([&](size_t sum, size_t map, int tap) {
      for (int c = 0; c < l.inputs; c++) {
        const size_t row = (size_t(tap) * l.inputs + c) * l.outputs;
        for (int k = 0; k < l.outputs; k++) {
          byMaps[map + c] += bySums[sum + k] * l.filter[row + k];
          byFilter[row + k] += bySums[sum + k] * l.maps[map + c];
        }
      }
    });
  }

 private:
  size_t sumAt(int image, int y, int x, int k) const {
    return ((size_t(image) * layer_.height + y) * layer_.width + x) * layer_.outputs + k;
  }

  template <class Visit>
  void eachTap(Visit visit) const {
    const auto& l = layer_;
    for (int image = 0; image < l.images; image++)
      for (int y = 0; y < l.height; y++)
        for (int x = 0; x < l.width; x++)
          for (int tap = 0; tap < 9; tap++) {
            const int row = y + tap / 3 - 1, column = x + tap % 3 - 1;
            if (row < 0 || row >= l.height || column < 0 || column >= l.width) continue;
            visit(sumAt(image, y, x, 0), ((size_t(image) * l.height + row) * l.width + column) * l.inputs, tap);
          }
  }

  template <class Visit>
  void eachOutput(Visit visit) const {
    size_t at = 0;
    for (int image = 0; image < layer_.images; image++)
      for (int y = 0; y < layer_.outputHeight(); y++)
        for (int x = 0; x < layer_.outputWidth(); x++)
          for (int k = 0; k < layer_.outputs; k++) visit(at++, image, y, x, k);
  }

  void convolve() {
    const auto& l = layer_;
    sums_.assign(size_t(l.images) * l.height * l.width * l.outputs, 0);
    eachTap([&](size_t sum, size_t map, int tap) {
      for (int c = 0; c < l.inputs; c++)
        for (int k = 0; k < l.outputs; k++)
          sums_[sum + k] += double(l.maps[map + c]) * l.filter[(size_t(tap) * l.inputs + c) * l.outputs + k];
    });
  }

  void finish() {
    const auto& l = layer_;
    output.resize(l.outputCount());
    eachOutput([&](size_t at, int image, int y, int x, int k) {
      double most = l.pool ? -INFINITY : sums_[sumAt(image, y, x, k)];
      for (int i = 0; i < 4 && l.pool; i++) most = std::max(most, sums_[sumAt(image, 2 * y + i / 2, 2 * x + i % 2, k)]);
      if (l.bias) most += l.bias[k];
      output[at] = l.relu ? std::max(0., most) : most;
    });
  }

  const vgg::ConvGradient layer_;
  Doubles sums_;
};
