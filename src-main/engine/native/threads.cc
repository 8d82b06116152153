#include "threads.h"
#include <sched.h>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include "memory.h"

namespace vgg {
namespace {

/** Looks at a change this often before sleeping, about 0.3 ms: the next operation usually comes sooner. */
constexpr int looks = 20000;

int countThreads() {
  const char* wanted = getenv("VGG_THREADS");
  if (wanted != nullptr && atoi(wanted) > 0) return atoi(wanted);
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return CPU_COUNT(&cores);
  return std::max(1u, std::thread::hardware_concurrency());
}

template <class Condition>
bool soon(Condition condition) {
  for (int look = 0; look < looks; look++) {
    if (condition()) return true;
    __builtin_ia32_pause();
  }
  return false;
}

/** Threads that wait for work: first by looking, then asleep. They live as long as the process. */
class Crew {
 public:
  Crew() {
    for (int thread = 1; thread < threadCount(); thread++) std::thread([this, thread] { serve(thread); }).detach();
  }

  void run(void (*task)(void*, int), void* context) {
    task_ = task;
    context_ = context;
    busy_.store(threadCount() - 1, std::memory_order_relaxed);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      round_.fetch_add(1, std::memory_order_release);
      if (sleeping_ > 0) start_.notify_all();
    }
    task(context, 0);
    const auto done = [this] { return busy_.load(std::memory_order_acquire) == 0; };
    if (soon(done)) return;
    std::unique_lock<std::mutex> lock(mutex_);
    waiting_ = true;
    end_.wait(lock, done);
    waiting_ = false;
  }

 private:
  void serve(int thread) {
    unsigned seen = 0;
    const auto changed = [&] { return round_.load(std::memory_order_acquire) != seen; };
    for (;;) {
      if (!soon(changed)) {
        std::unique_lock<std::mutex> lock(mutex_);
        sleeping_++;
        start_.wait(lock, changed);
        sleeping_--;
      }
      seen = round_.load(std::memory_order_acquire);
      task_(context_, thread);
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
      std::lock_guard<std::mutex> lock(mutex_);
      if (waiting_) end_.notify_one();
    }
  }

  std::atomic<unsigned> round_{0};
  std::atomic<int> busy_{0};
  void (*task_)(void*, int) = nullptr;
  void* context_ = nullptr;
  std::mutex mutex_;
  std::condition_variable start_, end_;
  int sleeping_ = 0;
  bool waiting_ = false;
};

/** A piece of memory that grows and is never copied. */
class Block {
 public:
  ~Block() { free(memory_); }

  float* atLeast(size_t bytes) {
    if (bytes <= size_) return static_cast<float*>(memory_);
    free(memory_);
    memory_ = nullptr;
    size_ = 0;
    memory_ = takeMemory(bytes);
    size_ = bytes;
    return static_cast<float*>(memory_);
  }

 private:
  void* memory_ = nullptr;
  size_t size_ = 0;
};

}  // namespace

int threadCount() {
  static const int count = std::min(countThreads(), mostThreads);
  return count;
}

void runOnEachThread(void (*task)(void*, int), void* context) {
  if (threadCount() == 1) return task(context, 0);
  static Crew* const crew = new Crew;
  static std::mutex one;
  std::lock_guard<std::mutex> lock(one);
  crew->run(task, context);
}

float* scratch(Use use, size_t floats) {
  thread_local Block blocks[int(Use::count)];
  return blocks[int(use)].atLeast(floats * sizeof(float));
}

}  // namespace vgg
