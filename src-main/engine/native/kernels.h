// What the kernels compute, and the table of those for the processor at hand.
#pragma once
#include <cstddef>
#include <cstdint>

namespace vgg {

/**
 * A 3x3 convolution with stride 1, padded by one on each side; then, where asked for, bias, ReLU and 2x2 max-pooling, which
 * leaves out an odd last row and column. Maps are [images, height, width, channels], filters [3, 3, inputs, outputs].
 */
struct Conv {
  int images, height, width, inputs, outputs;
  bool relu, pool;
  /** Whether what is multiplied is rounded to bfloat16; sums are floats. Asked for only where {@link multipliesBfloat16}. */
  bool bfloat16 = false;
  const float* maps = nullptr;
  const float* filter = nullptr;
  /** [outputs], or null for none. */
  const float* bias = nullptr;
  float* output = nullptr;
  /** With a pool: for each output, which of its window's four values is the first greatest, row by row. */
  uint8_t* places = nullptr;

  int outputHeight() const { return pool ? height / 2 : height; }
  int outputWidth() const { return pool ? width / 2 : width; }
  size_t outputCount() const { return size_t(images) * outputHeight() * outputWidth() * outputs; }
};

/** A convolution that has run, with the gradient of the loss by its output and room for the gradients asked for. */
struct ConvGradient : Conv {
  const float* byOutput = nullptr;
  float* byMaps = nullptr;
  float* byFilter = nullptr;
  float* byBias = nullptr;
};

/** A fully-connected layer on rows [rows, inputs], with bias and, where asked for, ReLU. Weights are [inputs, outputs]. */
struct Connected {
  int rows, inputs, outputs;
  bool relu;
  const float* input = nullptr;
  const float* weight = nullptr;
  const float* bias = nullptr;
  float* output = nullptr;
};

struct ConnectedGradient : Connected {
  /** The inputs by whose weights the gradient is asked for. */
  int firstInput = 0, inputCount = 0;
  const float* byOutput = nullptr;
  float* byInput = nullptr;
  /** [inputCount, outputs] */
  float* byWeight = nullptr;
  /** [outputs], or null where it is not asked for. */
  float* byBias = nullptr;
};

/** velocity = momentum velocity + gradient + decay weight; weight -= rate velocity. In place. */
struct Momentum {
  size_t count;
  float rate, momentum, decay;
  float* weight = nullptr;
  float* velocity = nullptr;
  const float* gradient = nullptr;
};

/** Pixels [images, pixels, 3] of 0 to 255, plus offsets [images, 3], times factors [3]: the maps that a net reads. */
struct Images {
  int images, pixels;
  const uint8_t* bytes = nullptr;
  const float* offsets = nullptr;
  const float* factors = nullptr;
  float* output = nullptr;
};

/**
 * Dropout of some values of a batch, from its value number `first` on. A value is multiplied by `scale` where the random number
 * of its place, in [0, 1), is no less than the rate, else by zero.
 */
struct Dropout {
  size_t first, count;
  float rate, scale;
  int32_t seeds[2];
  const float* input = nullptr;
  float* output = nullptr;
};

/** The kernels, compiled for one instruction set. */
struct Kernels {
  const char* name;
  /** Floats in a vector. */
  int lanes;
  /** Whether they can multiply bfloat16, on a processor that can. */
  bool bfloat16;
  /** Reads maps, filter and bias; writes output and places. */
  void (*convolve)(const Conv&);
  /** Reads filter, output, places and byOutput; writes byMaps. */
  void (*convolveGradientByMaps)(const ConvGradient&);
  /** Reads maps, output, places and byOutput; writes byFilter and byBias. */
  void (*convolveGradientByFilter)(const ConvGradient&);
  /** Reads input, weight and bias; writes output. */
  void (*connect)(const Connected&);
  /** Reads weight, output and byOutput; writes byInput. */
  void (*connectGradientByInput)(const ConnectedGradient&);
  /** Reads input, output and byOutput; writes byWeight of the inputs asked for, and byBias. */
  void (*connectGradientByWeight)(const ConnectedGradient&);
  /** Reads the gradient; changes velocity and weight. */
  void (*applyMomentum)(const Momentum&);
  /** to += factor from */
  void (*addScaled)(size_t count, const float* from, float factor, float* to);
  /** values = (values + shift) factor */
  void (*shiftAndScale)(size_t count, float shift, float factor, float* values);
  void (*readImages)(const Images&);
  void (*dropOut)(const Dropout&);
};

/** The widest kernels that this processor can run, or `VGG_ISA=avx2|avx512|none` wants; null where there are none. */
const Kernels* kernels();

/** Whether these kernels multiply bfloat16 on this processor. */
bool multipliesBfloat16();

}  // namespace vgg
