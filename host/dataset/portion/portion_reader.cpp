#include "dataset/portion/portion_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

}  // namespace

Error PortionReader::damaged() const {
  return {boost::system::errc::make_error_code(boost::system::errc::io_error),
          path_.string() + ": is damaged; remove the folder that it lies in and begin again"};
}

Result<PortionReader> PortionReader::open(const fs::path& path, const KeptKey& key,
                                          std::size_t number) {
  platform::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return os_error(errno, path.string());
  std::array<std::byte, portion_salt_size> salt{};
  if (::pread(file.get(), salt.data(), salt.size(), 0) != static_cast<ssize_t>(salt.size()))
    return os_error(EIO, path.string());
  PortionReader reader(path, std::move(file),
                       seal::AeadOpener(key.of("portion " + std::to_string(number), salt)));
  if (auto read = reader.read_footer(); !read) return read.error();
  return reader;
}

Result<void> PortionReader::read_footer() {
  struct stat facts {};
  if (::fstat(file_.get(), &facts) != 0) return os_error(errno, path_.string());
  std::uint64_t at = 0;
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size < portion_salt_size + sizeof at) return damaged();
  const std::uint64_t end = size - sizeof at;
  if (auto read = read_at(end, std::as_writable_bytes(std::span(&at, 1))); !read) return read;
  if (at < portion_salt_size || at >= end) return damaged();
  auto footer = block(at, end - at);
  if (!footer) return footer.error();
  platform::ByteView rest = *footer;
  std::uint64_t count = 0;
  if (rest.size() < sizeof count) return damaged();
  std::memcpy(&count, rest.data(), sizeof count);
  rest = rest.subspan(sizeof count);
  if (rest.size() / sizeof(Run) < count) return damaged();
  runs_.resize(count);
  if (count > 0) std::memcpy(runs_.data(), rest.data(), count * sizeof(Run));
  summary_ = platform::as_text(rest.subspan(count * sizeof(Run)));
  return {};
}

Result<std::vector<Frame>> PortionReader::frames(const Run& run, std::uint64_t begin) {
  const std::uint64_t count = std::min<std::uint64_t>(run.frames - begin, frames_a_block);
  const std::uint64_t blocks = begin / frames_a_block;
  auto bytes = block(run.offset + begin * sizeof(Frame) + blocks * seal::aead_tag_size,
                     count * sizeof(Frame) + seal::aead_tag_size);
  if (!bytes) return bytes.error();
  std::vector<Frame> frames(count);
  if (count > 0) std::memcpy(frames.data(), bytes->data(), bytes->size());
  return frames;
}

Result<platform::ByteView> PortionReader::text(const Frame& frame) {
  return block(frame.offset, frame.size);
}

bool PortionReader::is_whole() {
  for (const Run& run : runs_) {
    // In the order in which they lie.
    std::vector<Frame> all;
    while (all.size() < run.frames) {
      const auto some = frames(run, all.size());
      if (!some) return false;
      all.insert(all.end(), some->begin(), some->end());
    }
    std::sort(all.begin(), all.end(),
              [](const Frame& a, const Frame& b) { return a.offset < b.offset; });
    for (const Frame& frame : all)
      if (!text(frame)) return false;
  }
  return true;
}

Result<void> PortionReader::read_at(std::uint64_t offset, std::span<std::byte> room) const {
  const auto count = platform::read_at(file_, offset, room, path_.string());
  if (!count) return count.error();
  return *count == room.size() ? Result<void>() : Result<void>(damaged());
}

Result<platform::ByteView> PortionReader::block(std::uint64_t offset, std::size_t size) {
  if (size < seal::aead_tag_size) return damaged();
  if (sealed_.size() < size) {
    sealed_.resize(size);
    opened_.resize(size);
  }
  const auto sealed = std::span(sealed_).first(size);
  if (auto read = read_at(offset, sealed); !read) return read.error();
  const auto opened = std::span(opened_).first(size - seal::aead_tag_size);
  if (!opener_.open(nonce_of(offset), sealed, opened)) return damaged();
  return platform::ByteView(opened);
}

}  // namespace fieldnote::dataset
