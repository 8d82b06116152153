#include "memory.h"
#include <sys/mman.h>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace vgg {
namespace {

constexpr size_t page = 4096, hugePage = 2u << 20;

}  // namespace

void* takeMemory(size_t& bytes) {
  const size_t unit = bytes > hugePage / 2 ? hugePage : page;
  bytes = (bytes + unit - 1) / unit * unit;
  void* const memory = aligned_alloc(unit, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  if (unit == hugePage) madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

void dropPages(void* memory, size_t bytes) {
  const uintptr_t from = (uintptr_t(memory) + hugePage - 1) / hugePage * hugePage;
  const uintptr_t to = (uintptr_t(memory) + bytes) / hugePage * hugePage;
  if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
}

}  // namespace vgg
