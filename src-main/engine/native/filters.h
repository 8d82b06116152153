// Filters at the 36 points: [36][outputs / (N L)][inputs][N L], zero where channels are missing to whole vectors. Of operands that
// are pairs, an input is two that are L apart.
#pragma once
#include "operands.h"
#include "threads.h"
#include "winograd.h"

namespace vgg {
namespace {

/** Filters of a convolution that reads `inputs` and writes `outputs` channels, as its products read them. */
template <class Operand, int L, int N>
struct FiltersAtPoints {
  static constexpr int panel = N * L;
  /** Rows, and outputs, to whole vectors. A row has one input or a pair. */
  int rows, outputs;
  float* values;
  size_t plane;

  /** In the calling thread's memory. */
  FiltersAtPoints(int inputCount, int outputCount)
      : rows(roundedUp<Operand::numbers * L>(inputCount) / Operand::numbers),
        outputs(roundedUp<panel>(outputCount)),
        plane(planeOf(size_t(rows) * outputs)) {
    values = scratch(Use::filter, points * plane);
  }
  float* at(int panelIndex, int row) const { return values + (size_t(panelIndex) * rows + row) * panel; }
  /** The input of a row, or the first of its pair, whose other is L after it. */
  static int inputOf(int row) { return row / L * L * Operand::numbers + row % L; }
};

/** The filter [3, 3, inputs, outputs] of a layer at the points, from one input to a vector of outputs. */
template <int L>
INLINE void filterAtPoints(const float* filter, int inputs, int outputs, int input, int output, Floats<L> (&at)[points]) {
  const int lanes = input < inputs ? lanesAt<L>(outputs, output) : 0;
  Floats<L> taps[9] = {};
  if (lanes > 0) {
    UNROLL
    for (int tap = 0; tap < 9; tap++)
      taps[tap] = load<L>(filter + (size_t(tap) * inputs + input) * outputs + output, lanes);
  }
  inBoth<FilterToPoints, Floats<L>>(taps, at);
}

/** Writes what valuesOf(which, atPoints) gives for a row: of operands that are pairs, for the first of the pair and the other. */
template <class Operand, int L, class ValuesOf>
INLINE void storeRow(float* to, size_t plane, ValuesOf valuesOf) {
  Floats<L> atPoints[points];
  valuesOf(0, atPoints);
  if constexpr (Operand::numbers == 2) {
    Floats<L> other[points];
    valuesOf(1, other);
    UNROLL
    for (int at = 0; at < points; at++) atPoints[at] = Operand::template of<L>(atPoints[at], other[at]);
  }
  scatter<L>(atPoints, to, plane);
}

/** The filter of a layer at all points. Each thread transforms its share. */
template <class Operand, int L, int N>
void transformFilter(const float* filter, int inputs, int outputs, const FiltersAtPoints<Operand, L, N>& to, int thread) {
  const Share share = shareOf(to.outputs / to.panel * to.rows, threadCount(), thread);
  for (int index = share.from; index < share.to; index++) {
    const int panel = index / to.rows, row = index % to.rows, input = to.inputOf(row);
    UNROLL
    for (int n = 0; n < N; n++) {
      const int output = panel * to.panel + n * L;
      storeRow<Operand, L>(to.at(panel, row) + n * L, to.plane, [&](int which, auto& at) __attribute__((always_inline)) {
        filterAtPoints<L>(filter, inputs, outputs, input + which * L, output, at);
      });
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

/** One output's taps at the points, to a vector of inputs. */
template <int L>
INLINE void turnedAtPoints(const float (&turned)[9][L][L], int output, Floats<L> (&at)[points]) {
  Floats<L> taps[9];
  UNROLL
  for (int tap = 0; tap < 9; tap++) taps[tap] = load<L>(turned[tap][output]);
  inBoth<FilterToPoints, Floats<L>>(taps, at);
}

/**
 * The same filter for the gradient by the maps: with odd filters, stride 1 and even padding that is itself a convolution, from
 * the outputs to the inputs, with the filter turned by 180 degrees.
 *
 * @param to of outputs inputs and inputs outputs
 */
template <class Operand, int L, int N>
void transformTurned(const float* filter, int inputs, int outputs, const FiltersAtPoints<Operand, L, N>& to, int thread) {
  const int blocks = to.rows / L;
  const Share share = shareOf(to.outputs / L * blocks, threadCount(), thread);
  for (int index = share.from; index < share.to; index++) {
    const int input = index / blocks * L, row = index % blocks * L, output = to.inputOf(row);
    alignas(64) float turned[Operand::numbers][9][L][L];
    for (int each = 0; each < Operand::numbers; each++)
      readTurned<L>(filter, inputs, outputs, input, output + each * L, turned[each]);
    for (int i = 0; i < L; i++) {
      storeRow<Operand, L>(to.at(input / to.panel, row + i) + input % to.panel, to.plane,
                           [&](int which, auto& at) __attribute__((always_inline)) { turnedAtPoints<L>(turned[which], i, at); });
    }
  }
}

}  // namespace
}  // namespace vgg
