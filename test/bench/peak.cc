// What the processor can do at most, on all cores that this process may use: prints multiplications and additions, and bytes
// read and written, in 10^9 a second.
//
//     g++ -std=c++17 -O3 -march=native -pthread peak.cc -o peak && ./peak
#include <sched.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#ifdef __AVX512F__
typedef float Floats __attribute__((vector_size(64)));
#else
typedef float Floats __attribute__((vector_size(32)));
#endif
constexpr size_t lanes = sizeof(Floats) / sizeof(float);

/** Seconds that body(thread) takes on all threads at once. */
template <class Body>
double secondsOf(int threads, Body body) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::thread> crew;
  for (int thread = 0; thread < threads; thread++) crew.emplace_back([=] { body(thread); });
  for (auto& each : crew) each.join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/** Twelve chains of fused multiply-additions: as many as two units with a latency of four to five are busy with. */
void multiply(long rounds) {
  Floats chains[12];
  for (int i = 0; i < 12; i++) chains[i] = Floats{} + float(i);
  const Floats factor = Floats{} + 1.0001f, term = Floats{} + 1e-3f;
  for (long round = 0; round < rounds; round++) {
#pragma GCC unroll 12
    for (int i = 0; i < 12; i++) chains[i] = chains[i] * factor + term;
    asm volatile("" ::"x"(chains[0]));
  }
  Floats sum = chains[0];
  for (int i = 1; i < 12; i++) sum += chains[i];
  volatile float kept = sum[0];
  (void)kept;
}

int main() {
  cpu_set_t cores;
  const int threads = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
  const long rounds = 10'000'000;
  const size_t count = size_t(64) << 20;
  float* const from = static_cast<float*>(aligned_alloc(4096, count * sizeof(float)));
  float* const to = static_cast<float*>(aligned_alloc(4096, count * sizeof(float)));
  memset(from, 1, count * sizeof(float));
  memset(to, 2, count * sizeof(float));
  double flops = 0, bytes = 0;
  for (int time = 0; time < 4; time++) {
    const double multiplying = secondsOf(threads, [=](int) { multiply(rounds); });
    flops = std::max(flops, threads * rounds * 12. * 2 * lanes / multiplying);
    const double moving = secondsOf(threads, [=](int thread) {
      for (size_t i = count / threads * thread; i + lanes <= count / threads * (thread + 1); i += lanes)
        *reinterpret_cast<Floats*>(to + i) = *reinterpret_cast<const Floats*>(from + i) * 2.f;
    });
    bytes = std::max(bytes, 2. * count * sizeof(float) / moving);
  }
  printf("%.1f %.1f\n", flops / 1e9, bytes / 1e9);
}
