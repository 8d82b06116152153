// Fully-connected layers: weights [inputs][outputs], rows of inputs and outputs. What a row gets does not depend on the others:
// its sums are added up in the same order however many rows there are.
#pragma once
#include "kernels.h"
#include "threads.h"
#include "vectors.h"

namespace vgg {
namespace {

/** Outputs in a panel, and rows that fit into the registers beside its factors. */
constexpr int panelVectors = 2, panelWidth = panelVectors * widest, panelRows = widest == 16 ? 12 : 6;

/**
 * Inputs and outputs whose weights are packed together. Of each input, several lines of the cache beside each other: memory that
 * is read in single lines from everywhere gives a third less.
 */
constexpr int packed = 64, packedOutputs = 128;

/** R sums over `count` inputs: rows [count][panelRows], of which the first R are there, times a packed panel. */
template <int R>
INLINE void panelProduct(const float* left, const float* panel, int count, Floats<widest> (&sums)[R][panelVectors]) {
  UNROLL
  for (int r = 0; r < R; r++) {
    UNROLL
    for (int n = 0; n < panelVectors; n++) sums[r][n] = Floats<widest>{};
  }
  for (int i = 0; i < count; i++, left += panelRows, panel += panelWidth) {
    Floats<widest> factors[panelVectors];
    UNROLL
    for (int n = 0; n < panelVectors; n++) factors[n] = load<widest>(panel + n * widest);
    UNROLL
    for (int r = 0; r < R; r++) {
      const Floats<widest> value = everywhere<widest>(left[r]);
      UNROLL
      for (int n = 0; n < panelVectors; n++) sums[r][n] += value * factors[n];
    }
  }
}

/** Copies a panel of rows [count][outputs] to [count][panelWidth], with zeros beyond the last output. */
inline void pack(const float* from, int row, int count, int width, float* to) {
  for (int i = 0; i < count; i++, from += row, to += panelWidth) {
    UNROLL
    for (int n = 0; n < panelVectors; n++)
      store<widest>(to + n * widest, load<widest>(from + n * widest, lanesAt<widest>(width, n * widest)));
  }
}

/** Packs the first panels of rows [count][outputs], each [packed][panelWidth], and asks for the weights beside them. */
inline void packPanels(const float* from, int row, int count, int width, float* panels) {
  for (int i = 0; i < count; i++, from += row) {
    for (int k = 0; k < least(width, packedOutputs); k += panelWidth) {
      float* const to = panels + (size_t(k) * packed + i * panelWidth);
      UNROLL
      for (int n = 0; n < panelVectors; n++) {
        const int at = k + n * widest;
        __builtin_prefetch(from + at + packedOutputs, 0, 2);
        store<widest>(to + n * widest, load<widest>(from + at, lanesAt<widest>(width, at)));
      }
    }
  }
}

/** Up to panelRows rows [rows][inputs] as products read them: [inputs][panelRows], zero where there are fewer. */
inline void packRows(const float* from, int row, int rows, int inputs, float* to) {
  for (int i = 0; i < inputs; i++) {
    for (int r = 0; r < panelRows; r++) to[size_t(i) * panelRows + r] = r < rows ? from[size_t(r) * row + i] : 0;
  }
}

/** Adds the products of R or fewer rows with a packed panel to the output; `isFirst` if nothing is there yet. */
template <int R>
INLINE void addPanel(const Connected& layer, int row, int rows, const float* left, int count, const float* panel, int output, bool isFirst) {
  if (rows < R) {
    if constexpr (R > 1) addPanel<R - 1>(layer, row, rows, left, count, panel, output, isFirst);
    return;
  }
  Floats<widest> sums[R][panelVectors];
  panelProduct<R>(left, panel, count, sums);
  UNROLL
  for (int r = 0; r < R; r++) {
    UNROLL
    for (int n = 0; n < panelVectors; n++) {
      const int lanes = lanesAt<widest>(layer.outputs, output + n * widest);
      float* const to = layer.output + size_t(row + r) * layer.outputs + output + n * widest;
      if (lanes > 0) store<widest>(to, isFirst ? sums[r][n] : load<widest>(to, lanes) + sums[r][n], lanes);
    }
  }
}

/** Bias and ReLU of some outputs of all rows. */
inline void finishOutputs(const Connected& layer, int from, int to) {
  for (int row = 0; row < layer.rows; row++) {
    for (int k = from; k < to; k += widest) {
      const int lanes = lanesAt<widest>(to, k);
      float* const at = layer.output + size_t(row) * layer.outputs + k;
      const Floats<widest> sum = load<widest>(at, lanes) + load<widest>(layer.bias + k, lanes);
      store<widest>(at, layer.relu ? rectified<widest>(sum) : sum, lanes);
    }
  }
}

void connect(const Connected& layer) {
  constexpr int R = panelRows;
  const int blocks = (layer.rows + R - 1) / R;
  const size_t block = size_t(R) * layer.inputs;
  float* const rows = scratch(Use::rows, blocks * block);
  onEachThread([&](int thread) {
    const Share share = shareOf(blocks, threadCount(), thread);
    for (int i = share.from; i < share.to; i++)
      packRows(layer.input + i * block, layer.inputs, least(R, layer.rows - i * R), layer.inputs, rows + i * block);
  });
  onEachThread([&](int thread) {
    const Share share = shareOf((layer.outputs + panelWidth - 1) / panelWidth, threadCount(), thread);
    const int begin = share.from * panelWidth, end = least(layer.outputs, share.to * panelWidth);
    float* const panels = scratch(Use::filter, packed * packedOutputs);
    for (int input = 0; input < layer.inputs; input += packed) {
      const int count = least(packed, layer.inputs - input);
      for (int first = begin; first < end; first += packedOutputs) {
        packPanels(layer.weight + size_t(input) * layer.outputs + first, layer.outputs, count, end - first, panels);
        for (int k = first; k < least(end, first + packedOutputs); k += panelWidth) {
          const float* const panel = panels + size_t(k - first) * packed;
          for (int i = 0; i < blocks; i++)
            addPanel<R>(layer, i * R, least(R, layer.rows - i * R), rows + i * block + size_t(input) * R, count, panel, k, input == 0);
        }
      }
    }
    finishOutputs(layer, begin, end);
  });
}

/** The gradient by the sums that went into the ReLU, [rows][outputs rounded up to whole panels], in the caller's memory. */
inline const float* behindRelu(const ConnectedGradient& layer, int width) {
  float* const sums = scratch(Use::rows, size_t(layer.rows) * width);
  for (int row = 0; row < layer.rows; row++) {
    for (int k = 0; k < width; k += widest) {
      const int lanes = lanesAt<widest>(layer.outputs, k);
      const size_t at = size_t(row) * layer.outputs + k;
      Floats<widest> gradient = {};
      if (lanes > 0) gradient = load<widest>(layer.byOutput + at, lanes);
      if (lanes > 0 && layer.relu) gradient = load<widest>(layer.output + at, lanes) > 0 ? gradient : Floats<widest>{};
      store<widest>(sums + size_t(row) * width + k, gradient);
    }
  }
  return sums;
}

inline float sumOf(Floats<widest> value) {
  float sum = 0;
  UNROLL
  for (int lane = 0; lane < widest; lane++) sum += value[lane];
  return sum;
}

/** Products of R rows of the gradient with Q rows of weights, over all outputs. */
template <int R, int Q>
INLINE void dotProducts(const ConnectedGradient& layer, const float* gradient, int width, int row, int input) {
  const float* const weight = layer.weight + size_t(input) * layer.outputs;
  Floats<widest> sums[R][Q];
  UNROLL
  for (int r = 0; r < R; r++) {
    UNROLL
    for (int q = 0; q < Q; q++) sums[r][q] = Floats<widest>{};
  }
  const auto add = [&](int k, int lanes) __attribute__((always_inline)) {
    UNROLL
    for (int q = 0; q < Q; q++) {
      const Floats<widest> factor = load<widest>(weight + size_t(q) * layer.outputs + k, lanes);
      UNROLL
      for (int r = 0; r < R; r++) sums[r][q] += load<widest>(gradient + size_t(row + r) * width + k) * factor;
    }
  };
  int k = 0;
  for (; k + widest <= layer.outputs; k += widest) add(k, widest);
  if (k < layer.outputs) add(k, layer.outputs - k);
  UNROLL
  for (int r = 0; r < R; r++) {
    UNROLL
    for (int q = 0; q < Q; q++) layer.byInput[size_t(row + r) * layer.inputs + input + q] = sumOf(sums[r][q]);
  }
}

template <int Q>
INLINE void inputGradients(const ConnectedGradient& layer, const float* gradient, int width, int input) {
  constexpr int R = widest == 16 ? 6 : 3;
  int row = 0;
  for (; row + R <= layer.rows; row += R) dotProducts<R, Q>(layer, gradient, width, row, input);
  for (; row < layer.rows; row++) dotProducts<1, Q>(layer, gradient, width, row, input);
}

void connectGradientByInput(const ConnectedGradient& layer) {
  const int width = roundedUp<panelWidth>(layer.outputs);
  const float* const gradient = behindRelu(layer, width);
  constexpr int Q = 4;
  onEachThread([&](int thread) {
    const Share share = shareOf(layer.inputs, threadCount(), thread);
    int input = share.from;
    for (; input + Q <= share.to; input += Q) inputGradients<Q>(layer, gradient, width, input);
    for (; input < share.to; input++) inputGradients<1>(layer, gradient, width, input);
  });
}

/** The gradient by the weights of R of the inputs asked for, from their columns of the rows [rows][R] and the packed gradients. */
template <int R>
INLINE void weightGradients(const ConnectedGradient& layer, const float* columns, const float* panels, int input, int count) {
  for (int k = 0; k < layer.outputs; k += panelWidth) {
    Floats<widest> sums[R][panelVectors];
    panelProduct<R>(columns, panels + size_t(k) * layer.rows, layer.rows, sums);
    UNROLL
    for (int r = 0; r < R; r++) {
      UNROLL
      for (int n = 0; n < panelVectors; n++) {
        const int lanes = lanesAt<widest>(layer.outputs, k + n * widest);
        float* const to = layer.byWeight + size_t(input + r) * layer.outputs + k + n * widest;
        if (r < count && lanes > 0) store<widest>(to, sums[r][n], lanes);
      }
    }
  }
}

void connectGradientByWeight(const ConnectedGradient& layer) {
  const int width = roundedUp<panelWidth>(layer.outputs), rows = layer.rows;
  const float* const gradient = behindRelu(layer, width);
  for (int k = 0; layer.byBias != nullptr && k < layer.outputs; k++) {
    float sum = 0;
    for (int row = 0; row < rows; row++) sum += gradient[size_t(row) * width + k];
    layer.byBias[k] = sum;
  }
  float* const panels = scratch(Use::products, size_t(rows) * width);
  for (int k = 0; k < width; k += panelWidth) pack(gradient + k, width, rows, panelWidth, panels + size_t(k) * rows);
  constexpr int R = panelRows;
  onEachThread([&](int thread) {
    const Share share = shareOf((layer.inputCount + R - 1) / R, threadCount(), thread);
    float* const columns = scratch(Use::tiles, size_t(R) * rows);
    for (int input = share.from * R; input < least(layer.inputCount, share.to * R); input += R) {
      const int count = least(R, layer.inputCount - input);
      for (int row = 0; row < rows; row++) {
        const float* const from = layer.input + size_t(row) * layer.inputs + layer.firstInput + input;
        for (int r = 0; r < R; r++) columns[size_t(row) * R + r] = r < count ? from[r] : 0;
      }
      weightGradients<R>(layer, columns, panels, input, count);
    }
  });
}

}  // namespace
}  // namespace vgg
