// A library that is loaded under a program (LD_PRELOAD) and turns its wall clock by as many seconds
// as stand in a file that both the program and the test have in memory, so that the test can turn
// it while the program runs. The machine's own clock goes on as it is.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

const std::int64_t* shared_seconds() {
  const char* path = std::getenv("TURNED_CLOCK");
  const int fd = path != nullptr ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) std::abort();
  void* memory = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, fd, 0);
  ::close(fd);
  if (memory == MAP_FAILED) std::abort();
  return static_cast<const std::int64_t*>(memory);
}

// Mapped before main, and so before any sandbox.
const std::int64_t* const turned_by = shared_seconds();

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int done = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) &&
      turned_by != nullptr)
    time->tv_sec += *turned_by;
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
