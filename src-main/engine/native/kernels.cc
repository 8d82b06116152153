// The kernels, compiled once for each instruction set: -DVGG_LANES=8 -DVGG_KERNELS=avx2Kernels, or 16 and avx512Kernels.
#include "kernels.h"
#include "convolution.h"
#include "dropout.h"
#include "filterGradient.h"
#include "firstLayer.h"
#include "fullyConnected.h"
#include "images.h"
#include "update.h"

namespace vgg {
namespace {

void convolve(const Conv& layer) {
  if (layer.inputs == rgb) {
    byChannels(layer.outputs, layer.outputs, [&](auto form) { convolveFirst<form.lanes, form.vectors>(layer); });
  } else {
    byChannels(layer.inputs, layer.outputs, [&](auto form) { convolveByTiles<form.lanes, form.vectors>(layer); });
  }
}

void convolveGradientByMaps(const ConvGradient& layer) {
  byChannels(layer.outputs, layer.inputs, [&](auto form) { gradientByMapsByTiles<form.lanes, form.vectors>(layer); });
}

void convolveGradientByFilter(const ConvGradient& layer) {
  if (layer.inputs == rgb) {
    byChannels(layer.outputs, layer.outputs, [&](auto form) { firstFilterGradient<form.lanes>(layer); });
  } else {
    byChannels(layer.inputs, layer.outputs, [&](auto form) { filterGradientByTiles<form.lanes, form.vectors>(layer); });
  }
}

}  // namespace

extern const Kernels VGG_KERNELS;
const Kernels VGG_KERNELS = {widest == 16 ? "avx512" : "avx2",
                             widest,
                             convolve,
                             convolveGradientByMaps,
                             convolveGradientByFilter,
                             connect,
                             connectGradientByInput,
                             connectGradientByWeight,
                             applyMomentum,
                             addScaled,
                             readImages,
                             dropOut};

}  // namespace vgg
