// Filters at the 36 points: [36][outputs / (N L)][inputs][N L], zero where channels are missing to whole vectors.
#pragma once
#include "threads.h"
#include "winograd.h"

namespace vgg {
namespace {

/** Filters of a convolution that reads `inputs` and writes `outputs` channels, as its products read them. */
template <int L, int N>
struct FiltersAtPoints {
  static constexpr int panel = N * L;
  int inputs, outputs;
  float* values;
  size_t plane;

  /** In the calling thread's memory. */
  FiltersAtPoints(int inputCount, int outputCount)
      : inputs(roundedUp<L>(inputCount)),
        outputs(roundedUp<panel>(outputCount)),
        plane(planeOf(size_t(inputs) * outputs)) {
    values = scratch(Use::filter, points * plane);
  }
  float* at(int panelIndex, int input) const { return values + (size_t(panelIndex) * inputs + input) * panel; }
};

/** The filter [3, 3, inputs, outputs] of a layer. Each thread transforms its share. */
template <int L, int N>
void transformFilter(const float* filter, int inputs, int outputs, const FiltersAtPoints<L, N>& to, int thread) {
  const Share share = shareOf(to.outputs / to.panel * to.inputs, threadCount(), thread);
  for (int index = share.from; index < share.to; index++) {
    const int panel = index / to.inputs, input = index % to.inputs;
    UNROLL
    for (int n = 0; n < N; n++) {
      const int output = panel * to.panel + n * L;
      const int lanes = input < inputs ? lanesAt<L>(outputs, output) : 0;
      Floats<L> taps[9] = {}, atPoints[points];
      if (lanes > 0) {
        UNROLL
        for (int tap = 0; tap < 9; tap++)
          taps[tap] = load<L>(filter + (size_t(tap) * inputs + input) * outputs + output, lanes);
      }
      inBoth<FilterToPoints, Floats<L>>(taps, atPoints);
      scatter<L>(atPoints, to.at(panel, input) + n * L, to.plane);
    }
  }
}

/** L taps of the filter turned by 180 degrees, with channels exchanged: turned[tap][output][input]. */
template <int L>
INLINE void readTurned(const float* filter, int inputs, int outputs, int input, int output, float (&turned)[9][L][L]) {
  const int lanes = lanesAt<L>(outputs, output);
  for (int tap = 0; tap < 9; tap++) {
    Floats<L> rows[L];
    UNROLL
    for (int i = 0; i < L; i++)
      rows[i] = input + i < inputs
                    ? load<L>(filter + (size_t(8 - tap) * inputs + input + i) * outputs + output, lanes)
                    : Floats<L>{};
    transpose<L>(rows);
    UNROLL
    for (int i = 0; i < L; i++) store<L>(turned[tap][i], rows[i]);
  }
}

/**
 * The same filter for the gradient by the maps: with odd filters, stride 1 and even padding that is itself a convolution, from
 * the outputs to the inputs, with the filter turned by 180 degrees.
 *
 * @param to of outputs inputs and inputs outputs
 */
template <int L, int N>
void transformTurned(const float* filter, int inputs, int outputs, const FiltersAtPoints<L, N>& to, int thread) {
  const int blocks = to.inputs / L;
  const Share share = shareOf(to.outputs / L * blocks, threadCount(), thread);
  for (int index = share.from; index < share.to; index++) {
    const int input = index / blocks * L, output = index % blocks * L;
    alignas(64) float turned[9][L][L];
    readTurned<L>(filter, inputs, outputs, input, output, turned);
    for (int i = 0; i < L; i++) {
      Floats<L> taps[9], atPoints[points];
      UNROLL
      for (int tap = 0; tap < 9; tap++) taps[tap] = load<L>(turned[tap][i]);
      inBoth<FilterToPoints, Floats<L>>(taps, atPoints);
      scatter<L>(atPoints, to.at(input / to.panel, output + i) + input % to.panel, to.plane);
    }
  }
}

}  // namespace
}  // namespace vgg
