#include "platform/moment.hpp"

#include <ctime>

#include "platform/file.hpp"

namespace fieldnote::platform {
namespace {

// It does not change while we run, and cannot be read from inside the sandbox: read once.
const Result<std::string>& boot_id() {
  static const Result<std::string> id = read_all("/proc/sys/kernel/random/boot_id", 100);
  return id;
}

}  // namespace

Result<Moment> now() {
  const auto& boot = boot_id();
  if (!boot) return boot.error();
  timespec since_boot{};
  if (::clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0) return os_error(errno, "the clock");
  return Moment{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), *boot,
                std::chrono::seconds(since_boot.tv_sec)};
}

}  // namespace fieldnote::platform
