#include "dataset/release/spilled_sort.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace fieldnote::dataset {
namespace {

constexpr std::string_view name = "temporary file of the export";

}  // namespace

Result<void> SpillFile::open(const platform::fs::path& folder) {
  file_ = platform::Descriptor(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file_) return os_error(errno, folder.string());
  size_ = 0;
  return {};
}

Result<void> SpillFile::append(platform::ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return os_error(errno, name);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    size_ += static_cast<std::uint64_t>(count);
  }
  return {};
}

Result<void> SpillFile::read(std::uint64_t offset, std::span<std::byte> room) const {
  while (!room.empty()) {
    const ssize_t count =
        ::pread(file_.get(), room.data(), room.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return os_error(count < 0 ? errno : EIO, name);
    room = room.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace fieldnote::dataset
