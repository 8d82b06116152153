// Updates in place, in one pass over memory.
#pragma once
#include "kernels.h"
#include "threads.h"
#include "vectors.h"

namespace vgg {
namespace {

/** Calls body(at, lanes) for each vector of some values: on all threads if there are many. */
template <class Body>
INLINE void eachVector(size_t count, Body body) {
  constexpr size_t step = 16 * widest;
  const auto part = [&](size_t from, size_t to) __attribute__((always_inline)) {
    size_t at = from;
    for (; at + widest <= to; at += widest) body(at, widest);
    if (at < to) body(at, int(to - at));
  };
  if (count < (1 << 14)) return part(0, count);
  onEachThread([&](int thread) {
    const size_t steps = (count + step - 1) / step;
    const Share share = shareOf(int(steps), threadCount(), thread);
    const size_t end = share.to * step;
    part(share.from * step, end < count ? end : count);
  });
}

void applyMomentum(const Momentum& update) {
  eachVector(update.count, [&](size_t at, int lanes) __attribute__((always_inline)) {
    const Floats<widest> weight = load<widest>(update.weight + at, lanes);
    const Floats<widest> gradient = load<widest>(update.gradient + at, lanes) + update.decay * weight;
    const Floats<widest> velocity = update.momentum * load<widest>(update.velocity + at, lanes) + gradient;
    store<widest>(update.velocity + at, velocity, lanes);
    store<widest>(update.weight + at, weight - update.rate * velocity, lanes);
  });
}

void addScaled(size_t count, const float* from, float factor, float* to) {
  eachVector(count, [&](size_t at, int lanes) __attribute__((always_inline)) {
    store<widest>(to + at, load<widest>(to + at, lanes) + factor * load<widest>(from + at, lanes), lanes);
  });
}

void shiftAndScale(size_t count, float shift, float factor, float* values) {
  eachVector(count, [&](size_t at, int lanes) __attribute__((always_inline)) {
    store<widest>(values + at, (load<widest>(values + at, lanes) + shift) * factor, lanes);
  });
}

}  // namespace
}  // namespace vgg
