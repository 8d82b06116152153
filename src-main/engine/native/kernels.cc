// The kernels, compiled once for each instruction set: -DVGG_LANES=8 -DVGG_KERNELS=avx2Kernels, or 16 and avx512Kernels.
#if VGG_LANES == 16 && __GNUC__ >= 10
// Used only where the processor multiplies bfloat16 and a training asks for it. Older compilers do not know it.
#pragma GCC target("avx512bf16")
#define VGG_BFLOAT16
#endif
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

#ifdef VGG_BFLOAT16
constexpr bool hasPairs = true;
#else
constexpr bool hasPairs = false;
#endif

/** Calls run(operand, form): with pairs where they are asked for and the channels fill the widest vectors. */
template <class Run>
void byOperand(const Conv& layer, int inputs, int outputs, Run run) {
  byChannels(inputs, outputs, [&](auto form) {
#ifdef VGG_BFLOAT16
    if constexpr (form.lanes == 16) {
      if (layer.bfloat16) return run(Pairs{}, form);
    }
#endif
    run(Whole{}, form);
  });
}

void convolve(const Conv& layer) {
  if (layer.inputs == rgb) {
    byChannels(layer.outputs, layer.outputs, [&](auto form) { convolveFirst<form.lanes, form.vectors>(layer); });
  } else {
    byOperand(layer, layer.inputs, layer.outputs,
              [&](auto operand, auto form) { convolveByTiles<decltype(operand), form.lanes, form.vectors>(layer); });
  }
}

void convolveGradientByMaps(const ConvGradient& layer) {
  byOperand(layer, layer.outputs, layer.inputs,
            [&](auto operand, auto form) { gradientByMapsByTiles<decltype(operand), form.lanes, form.vectors>(layer); });
}

void convolveGradientByFilter(const ConvGradient& layer) {
  if (layer.inputs == rgb) {
    byChannels(layer.outputs, layer.outputs, [&](auto form) { firstFilterGradient<form.lanes>(layer); });
  } else {
    byOperand(layer, layer.inputs, layer.outputs,
              [&](auto operand, auto form) { filterGradientByTiles<decltype(operand), form.lanes, form.vectors>(layer); });
  }
}

}  // namespace

extern const Kernels VGG_KERNELS;
const Kernels VGG_KERNELS = {widest == 16 ? "avx512" : "avx2",
                             widest,
                             hasPairs,
                             convolve,
                             convolveGradientByMaps,
                             convolveGradientByFilter,
                             connect,
                             connectGradientByInput,
                             connectGradientByWeight,
                             applyMomentum,
                             addScaled,
                             shiftAndScale,
                             readImages,
                             dropOut};

}  // namespace vgg
