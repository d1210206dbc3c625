#include "platform/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <thread>

namespace fieldnote::platform {

Result<LockFile> LockFile::open(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return os_error(errno, path.string());
  return LockFile(std::move(file), path.string());
}

Result<LockFile::Hold> LockFile::lock() {
  while (::flock(file_.get(), LOCK_EX) != 0)
    if (errno != EINTR) return os_error(errno, name_);
  return Hold(file_.get());
}

Result<std::optional<LockFile::Hold>> LockFile::try_lock() {
  while (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::optional<Hold>();
    if (errno != EINTR) return os_error(errno, name_);
  }
  return std::optional<Hold>(std::in_place, file_.get());
}

// flock(2) has no bound of its own.
Result<std::optional<LockFile::Hold>> LockFile::lock_within(std::chrono::milliseconds most) {
  constexpr std::chrono::milliseconds between_looks{5};
  const auto end = std::chrono::steady_clock::now() + most;
  while (true) {
    auto hold = try_lock();
    if (!hold || *hold || std::chrono::steady_clock::now() >= end) return hold;
    std::this_thread::sleep_for(between_looks);
  }
}

LockFile::Hold::~Hold() {
  if (fd_ >= 0) ::flock(fd_, LOCK_UN);
}

}  // namespace fieldnote::platform
