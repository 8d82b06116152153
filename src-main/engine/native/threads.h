// The kernels' own threads. Work is divided into as many fixed shares as there are threads, so that sums are added up in the
// same order each time and the same bytes come out from run to run on as many threads.
#pragma once
#include <cstddef>

namespace vgg {

/** More than any processor has use for. */
constexpr int mostThreads = 256;

/** Threads that share the work, the calling one included: one for each core this process may use, or `VGG_THREADS`. */
int threadCount();

/** Calls task(context, thread) for each thread, and returns when all are done. */
void runOnEachThread(void (*task)(void* context, int thread), void* context);

/** What a thread's memory is used for: different uses at the same time need different memory. */
enum class Use { filter, tiles, products, rows, zeros, band, sums, bias, pairs, otherPairs, count };

/** Memory of the calling thread for one use: at least so many floats, aligned to 64 bytes, with any content. */
float* scratch(Use use, size_t floats);

namespace {

/** The same with a lambda: body(thread). */
template <class Body>
void onEachThread(Body body) {
  runOnEachThread([](void* context, int thread) { (*static_cast<Body*>(context))(thread); }, &body);
}

struct Share {
  int from, to;
  int size() const { return to - from; }
};

/** The part of `count` things that one of `parts` has. */
inline Share shareOf(int count, int parts, int part) {
  return {int(long(count) * part / parts), int(long(count) * (part + 1) / parts)};
}

}  // namespace
}  // namespace vgg
