#include "memory.h"
#include <sys/mman.h>
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

}  // namespace vgg
