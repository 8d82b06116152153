// Pixels as the maps that a net reads.
#pragma once
#include "kernels.h"
#include "threads.h"

namespace vgg {
namespace {

/** Pixels of one image from `from` on. Plain loops: the compiler makes vectors of them. */
inline void readPixels(const uint8_t* bytes, int count, const float* offsets, const float* factors, float* to) {
  for (int pixel = 0; pixel < count; pixel++) {
    for (int channel = 0; channel < 3; channel++)
      to[3 * pixel + channel] = (float(bytes[3 * pixel + channel]) + offsets[channel]) * factors[channel];
  }
}

void readImages(const Images& images) {
  onEachThread([&](int thread) {
    const Share share = shareOf(images.images, threadCount(), thread);
    for (int image = share.from; image < share.to; image++) {
      const size_t begin = size_t(image) * images.pixels * 3;
      readPixels(images.bytes + begin, images.pixels, images.offsets + size_t(image) * 3, images.factors,
                 images.output + begin);
    }
  });
}

}  // namespace
}  // namespace vgg
