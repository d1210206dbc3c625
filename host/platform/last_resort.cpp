#include "platform/last_resort.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

namespace fieldnote::platform {

Result<Descriptor> termination_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  if (const int failed = ::pthread_sigmask(SIG_BLOCK, &signals, nullptr); failed != 0)
    return os_error(failed, "signals");
  Descriptor descriptor(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!descriptor) return os_error(errno, "signals");
  return descriptor;
}

void end_at_the_latest(int input, int signals, std::chrono::milliseconds grace) {
  std::thread([input, signals, grace] {
    // No events are asked for of the input: only that its other end was closed is told.
    std::array<pollfd, 2> watched{pollfd{input, 0, 0}, pollfd{signals, POLLIN, 0}};
    while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
    }
    std::this_thread::sleep_for(grace);
    ::_exit(0);
  }).detach();
}

}  // namespace fieldnote::platform
