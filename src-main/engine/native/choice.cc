// Which of the compiled instruction sets is used, by what the processor says of itself (CPUID).
#include <cstdlib>
#include <cstring>
#include "kernels.h"

namespace vgg {

extern const Kernels avx2Kernels, avx512Kernels;

namespace {

bool hasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool hasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

const Kernels* chosen() {
  const char* wanted = getenv("VGG_ISA");
  const bool free = wanted == nullptr || *wanted == 0;
  if (hasAvx512() && hasAvx2() && (free || strcmp(wanted, "avx512") == 0)) return &avx512Kernels;
  if (hasAvx2() && (free || strcmp(wanted, "none") != 0)) return &avx2Kernels;
  return nullptr;
}

}  // namespace

const Kernels* kernels() {
  static const Kernels* const table = chosen();
  return table;
}

bool multipliesBfloat16() { return kernels() != nullptr && kernels()->bfloat16 && __builtin_cpu_supports("avx512bf16"); }

}  // namespace vgg
