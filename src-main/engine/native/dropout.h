// Dropout by a mask that is made when it is needed, forward and backward, and never written: random number i is a function of
// a key and i alone, by the counter-based generator Philox-4x32-10 (Salmon et al. 2011). Key, counter and the conversion to
// [0, 1) are those of TensorFlow's StatelessRandomUniform, so the mask is the same that TensorFlow's operations would make.
#pragma once
#include "kernels.h"
#include "threads.h"
#include "vectors.h"

namespace vgg {
namespace {

/** Four random words for a counter. */
inline void philox(const uint32_t (&start)[4], uint64_t index, const uint32_t (&firstKey)[2], uint32_t (&words)[4]) {
  uint32_t key[2] = {firstKey[0], firstKey[1]};
  // The counter has 128 bits; the index is added to its lower half, with a carry.
  const uint64_t low = (uint64_t(start[1]) << 32 | start[0]) + index;
  const uint64_t high = (uint64_t(start[3]) << 32 | start[2]) + (low < index);
  words[0] = uint32_t(low), words[1] = uint32_t(low >> 32), words[2] = uint32_t(high), words[3] = uint32_t(high >> 32);
  for (int round = 0; round < 10; round++) {
    const uint64_t first = uint64_t(0xD2511F53u) * words[0], second = uint64_t(0xCD9E8D57u) * words[2];
    words[0] = uint32_t(second >> 32) ^ words[1] ^ key[0];
    words[1] = uint32_t(second);
    words[2] = uint32_t(first >> 32) ^ words[3] ^ key[1];
    words[3] = uint32_t(first);
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
}

/** Of [0, 1): the lower 23 bits as the mantissa of a number in [1, 2). */
inline float unitOf(uint32_t word) {
  const uint32_t bits = 127u << 23 | (word & 0x7fffff);
  float value;
  memcpy(&value, &bits, sizeof value);
  return value - 1;
}

/** Key and counter from two seeds, as TensorFlow scrambles them. */
inline void scramble(const int32_t (&seeds)[2], uint32_t (&key)[2], uint32_t (&counter)[4]) {
  const uint32_t constants[2] = {0x3ec8f720u, 0x02461e29u};
  const uint64_t first = uint64_t(int64_t(seeds[0])), second = uint64_t(int64_t(seeds[1]));
  const uint32_t words[4] = {uint32_t(first), uint32_t(first >> 32), uint32_t(second), uint32_t(second >> 32)};
  uint32_t mixed[4];
  philox(words, 0, constants, mixed);
  key[0] = mixed[0], key[1] = mixed[1];
  counter[0] = counter[1] = 0, counter[2] = mixed[2], counter[3] = mixed[3];
}

void dropOut(const Dropout& dropout) {
  uint32_t key[2], counter[4];
  scramble(dropout.seeds, key, counter);
  const size_t groups = (dropout.first + dropout.count + 3) / 4;
  onEachThread([&](int thread) {
    const Share share = shareOf(int(groups - dropout.first / 4), threadCount(), thread);
    for (size_t group = dropout.first / 4 + share.from; group < dropout.first / 4 + share.to; group++) {
      uint32_t words[4];
      philox(counter, group, key, words);
      for (size_t i = 0; i < 4; i++) {
        const size_t at = group * 4 + i;
        if (at < dropout.first || at >= dropout.first + dropout.count) continue;
        const float factor = unitOf(words[i]) >= dropout.rate ? dropout.scale : 0;
        dropout.output[at - dropout.first] = dropout.input[at - dropout.first] * factor;
      }
    }
  });
}

}  // namespace
}  // namespace vgg
