// Memory that the kernels keep, outside TensorFlow's allocator.
#pragma once
#include <cstddef>

namespace vgg {

/**
 * So many bytes, at least one, rounded up, which `free` gives back. Whatever is large begins a huge page and is asked for in such: the kernel
 * clears one in a fraction of the time that 512 small ones take, and reading needs fewer entries of its tables.
 *
 * @throws std::bad_alloc
 */
void* takeMemory(size_t& bytes);

/** Gives back the pages of a piece of somebody's memory, who keeps it: what is read there next is zero. */
void dropPages(void* memory, size_t bytes);

}  // namespace vgg
