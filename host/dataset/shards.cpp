#include "dataset/shards.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <tuple>

#include "seal/zstd_block.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

constexpr int zstd_level = 3;

Result<void> write_at(int file, platform::ByteView bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return os_error(errno, "temporary file of the dataset");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

Result<void> read_at(int file, std::span<std::byte> room, std::uint64_t offset) {
  while (!room.empty()) {
    const ssize_t count = ::pread(file, room.data(), room.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return os_error(count < 0 ? errno : EIO, "temporary file of the dataset");
    room = room.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace

Result<Shards> Shards::make(fs::path folder, std::string name, std::uint64_t size) {
  // Without a name it is gone when the process is, however that ends.
  platform::Descriptor spill(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!spill) return os_error(errno, folder.string());
  return Shards(std::move(folder), std::move(name), size, std::move(spill));
}

Result<void> Shards::add(std::uint64_t rank, std::string_view lines, unsigned part) {
  thread_local seal::ZstdBlock zstd(zstd_level, true);
  const platform::ByteView frame = zstd.compress(platform::as_bytes(lines));
  const auto rows = static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
  const std::uint64_t offset = [&] {
    const std::scoped_lock lock(*guard_);
    records_.push_back({rank, end_, frame.size(), rows, part});
    return std::exchange(end_, end_ + frame.size());
  }();
  return write_at(spill_.get(), frame, offset);
}

Result<std::vector<ShardFile>> Shards::finish() {
  std::sort(records_.begin(), records_.end(), [](const Record& a, const Record& b) {
    return std::tie(a.rank, a.part) < std::tie(b.rank, b.part);
  });
  std::vector<ShardFile> files;
  for (std::size_t begin = 0, end = 0; begin < records_.size(); begin = end) {
    std::uint64_t bytes = 0;
    for (end = begin; end < records_.size() && (end == begin || bytes < size_); ++end)
      bytes += records_[end].size;
    auto file = write_shard(files.size(), begin, end);
    if (!file) return file.error();
    files.push_back(std::move(*file));
  }
  spill_ = {};
  return files;
}

Result<ShardFile> Shards::write_shard(std::size_t number, std::size_t begin,
                                      std::size_t end) const {
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "-%05zu", number);
  ShardFile shard;
  shard.name = name_ + digits.data() + ".jsonl.zst";
  auto file = platform::DurableFile::create(folder_ / shard.name, 0644);
  if (!file) return file.error();
  seal::Sha256 digest;
  platform::Bytes frame;
  for (std::size_t i = begin; i < end; ++i) {
    frame.resize(records_[i].size);
    if (auto read = read_at(spill_.get(), frame, records_[i].offset); !read) return read.error();
    digest.update(frame);
    if (auto written = file->write(frame); !written) return written.error();
    shard.bytes += frame.size();
    shard.rows += records_[i].rows;
  }
  shard.digest = digest.finish();
  if (auto done = file->commit(); !done) return done.error();
  return shard;
}

}  // namespace fieldnote::dataset
