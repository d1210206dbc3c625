#include "platform/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

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

LockFile::Hold::~Hold() {
  if (fd_ >= 0) ::flock(fd_, LOCK_UN);
}

}  // namespace fieldnote::platform
