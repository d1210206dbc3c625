#include "dataset/portion/shards.hpp"

#include <array>
#include <cstdio>

namespace fieldnote::dataset {

Result<void> ShardWriter::add(platform::ByteView frame, std::uint64_t rows) {
  if (file_ && files_.back().bytes >= size_)
    if (auto ended = end_file(); !ended) return ended;
  if (!file_)
    if (auto begun = begin_file(); !begun) return begun;
  digest_.update(frame);
  files_.back().bytes += frame.size();
  files_.back().rows += rows;
  return file_->write(frame);
}

Result<std::vector<ShardFile>> ShardWriter::finish() {
  if (file_)
    if (auto ended = end_file(); !ended) return ended.error();
  return std::move(files_);
}

Result<void> ShardWriter::begin_file() {
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "-%05zu", files_.size());
  ShardFile shard;
  shard.name = name_ + digits.data() + ".jsonl.zst";
  auto file = platform::DurableFile::create(folder_ / shard.name, 0644);
  if (!file) return file.error();
  file_.emplace(std::move(*file));
  files_.push_back(std::move(shard));
  return {};
}

Result<void> ShardWriter::end_file() {
  files_.back().digest = digest_.finish();
  auto done = file_->commit();
  file_.reset();
  return done;
}

}  // namespace fieldnote::dataset
