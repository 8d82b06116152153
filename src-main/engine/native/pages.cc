// Gives back the pages of TensorFlow's libraries that loading them has touched. Relocation reads through hundreds of megabytes
// of which little is used again. The pages are those of a file, unchanged: the kernel reads them anew where they are needed.
#include <sys/mman.h>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

/** A mapping as /proc/self/smaps tells it, until its line on private pages is read. */
struct Mapping {
  unsigned long from = 0, to = 0;
  bool isOfLibrary = false;
};

/** Whether the line begins a mapping, which it then is. */
bool begins(const char* line, Mapping& mapping) {
  char permissions[8] = "";
  unsigned long from, to;
  if (sscanf(line, "%lx-%lx %7s", &from, &to, permissions) != 3) return false;
  mapping = {from, to, permissions[1] == '-' && strstr(line, "libtensorflow") != nullptr};
  return true;
}

/** Only mappings that cannot be written to and have no pages of the process's own. */
const bool given = [] {
  FILE* const file = fopen("/proc/self/smaps", "r");
  if (file == nullptr) return false;
  char line[4096];
  Mapping mapping;
  while (fgets(line, sizeof line, file)) {
    unsigned long kilobytes;
    if (begins(line, mapping) || !mapping.isOfLibrary) continue;
    if (sscanf(line, "Anonymous: %lu", &kilobytes) == 1 && kilobytes == 0)
      madvise(reinterpret_cast<void*>(uintptr_t(mapping.from)), mapping.to - mapping.from, MADV_DONTNEED);
  }
  fclose(file);
  return true;
}();

}  // namespace
