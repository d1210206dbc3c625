#include "platform/spilled_sort.hpp"

#include <cerrno>

namespace fieldnote::platform {
namespace {

constexpr std::string_view name = "a temporary file";

}  // namespace

Result<void> SpillFile::open(const fs::path& folder) {
  auto file = nameless_file(folder);
  if (!file) return file.error();
  file_ = std::move(*file);
  size_ = 0;
  return {};
}

Result<void> SpillFile::append(ByteView bytes) {
  auto written = write_all(file_, bytes, name);
  if (written) size_ += bytes.size();
  return written;
}

Result<void> SpillFile::read(std::uint64_t offset, std::span<std::byte> room) const {
  const auto count = read_at(file_, offset, room, name);
  if (!count) return count.error();
  return *count == room.size() ? Result<void>() : Result<void>(os_error(EIO, name));
}

}  // namespace fieldnote::platform
