#include "platform/memory.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

// Set by the linker: where the program begins in memory, and where its code ends.
extern "C" const char __executable_start, etext;  // NOLINT(bugprone-reserved-identifier)

namespace fieldnote::platform {
namespace {

// Twice the largest frame; beyond it the C library refuses to be told.
constexpr int largest = 16 << 20;

const std::byte* heap_begin = nullptr;
const std::byte* locked_end = nullptr;

const std::byte* heap_end() {
  return static_cast<const std::byte*>(::sbrk(0));
}

}  // namespace

void use_one_heap() {
  heap_begin = heap_end();
  ::mallopt(M_MMAP_THRESHOLD, largest);
  ::mallopt(M_ARENA_MAX, 1);
}

void keep_freed() {
  ::mallopt(M_MMAP_THRESHOLD, largest);
  ::mallopt(M_TRIM_THRESHOLD, 4 * largest);
}

void trim_heap() {
  ::malloc_trim(0);
}

void release_code() {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(&__executable_start) & ~(page - 1);
  const auto end = reinterpret_cast<std::uintptr_t>(&etext) & ~(page - 1);
  // None of it was written to: it is in the file as it is in memory.
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

bool lock_heap() {
  const std::byte* end = heap_end();
  if (heap_begin == nullptr || end == locked_end) return locked_end != nullptr;
  // On fault: what is only reserved takes no room.
  if (::mlock2(heap_begin, static_cast<std::size_t>(end - heap_begin), MLOCK_ONFAULT) != 0)
    return false;
  locked_end = end;
  return true;
}

}  // namespace fieldnote::platform
