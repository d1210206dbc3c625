// A library that is loaded under a program (LD_PRELOAD) and makes it see other clocks, by seconds
// that stand in a file which both the program and the test have in memory, so that the test can
// turn them while the program runs (clocks.hpp): the wall clock alone, as who sets it does, or the
// wall clock and the machine's own, as time does that passes.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

struct Turned {
  std::int64_t wall, all;
};

const Turned* shared_seconds() {
  const char* path = std::getenv("TURNED_CLOCK");
  const int fd = path != nullptr ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) std::abort();
  void* memory = ::mmap(nullptr, sizeof(Turned), PROT_READ, MAP_SHARED, fd, 0);
  ::close(fd);
  if (memory == MAP_FAILED) std::abort();
  return static_cast<const Turned*>(memory);
}

// Mapped before main, and so before any sandbox.
const Turned* const turned_by = shared_seconds();

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int done = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (done != 0 || turned_by == nullptr) return done;
  const bool is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (is_wall) time->tv_sec += turned_by->wall;
  if (is_wall || clock == CLOCK_BOOTTIME) time->tv_sec += turned_by->all;
  return done;
}

time_t time(time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(timeval* out, void*) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *out = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

}  // extern "C"
