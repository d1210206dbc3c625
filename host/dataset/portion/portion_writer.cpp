#include "dataset/portion/portion_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "platform/random.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

constexpr std::size_t buffer_size = 256 << 10;
constexpr std::size_t frames_a_run = 64 << 10;

template <class T>
platform::ByteView bytes_of(std::span<const T> all) {
  return std::as_bytes(all);
}

}  // namespace

fs::path PortionWriter::unfinished(const fs::path& path) {
  return path.string() + ".new";
}

Result<PortionWriter> PortionWriter::create(const fs::path& path, const KeptKey& key,
                                            std::size_t number) {
  const fs::path here = unfinished(path);
  platform::Descriptor file(
      ::open(here.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return os_error(errno, here.string());
  std::array<std::byte, portion_salt_size> salt{};
  platform::fill_random(salt);
  PortionWriter writer(path, std::move(file),
                       seal::AeadSealer(key.of("portion " + std::to_string(number), salt)));
  writer.buffer_.assign(salt.begin(), salt.end());
  writer.end_ = salt.size();
  return writer;
}

Result<void> PortionWriter::add(Frame frame, platform::ByteView text) {
  const auto offset = append(text);
  if (!offset) return offset.error();
  frame.offset = *offset;
  frame.size = static_cast<std::uint32_t>(text.size() + seal::aead_tag_size);
  frames_.push_back(frame);
  return frames_.size() < frames_a_run ? Result<void>() : end_run();
}

Result<void> PortionWriter::end_run() {
  std::sort(frames_.begin(), frames_.end());
  runs_.push_back({end_, frames_.size()});
  for (std::span<const Frame> rest = frames_; !rest.empty();) {
    const auto block = rest.first(std::min(rest.size(), frames_a_block));
    rest = rest.subspan(block.size());
    if (auto added = append(bytes_of(block)); !added) return added.error();
  }
  frames_.clear();
  return {};
}

Result<void> PortionWriter::commit(std::string_view summary, Lasting lasting) {
  if (auto ended = end_run(); !ended) return ended;
  const std::uint64_t count = runs_.size();
  const auto in_front = bytes_of(std::span(&count, 1));
  const auto runs = bytes_of(std::span<const Run>(runs_));
  const auto told = platform::as_bytes(summary);
  platform::Bytes footer(in_front.begin(), in_front.end());
  footer.insert(footer.end(), runs.begin(), runs.end());
  footer.insert(footer.end(), told.begin(), told.end());
  const auto at = append(footer);
  if (!at) return at.error();
  const auto place = bytes_of(std::span(&*at, 1));
  buffer_.insert(buffer_.end(), place.begin(), place.end());
  if (auto flushed = flush(); !flushed) return flushed;
  if (lasting == Lasting::yes && ::fdatasync(file_.get()) != 0)
    return os_error(errno, path_.string());
  file_ = {};
  std::error_code failed;
  fs::rename(unfinished(path_), path_, failed);
  if (failed) return os_error(failed.value(), path_.string());
  return lasting == Lasting::yes ? platform::sync_folder(path_.parent_path()) : Result<void>();
}

Result<std::uint64_t> PortionWriter::append(platform::ByteView text) {
  const std::uint64_t offset = end_;
  const std::size_t at = buffer_.size();
  buffer_.resize(at + text.size() + seal::aead_tag_size);
  sealer_.seal(nonce_of(offset), text, std::span(buffer_).subspan(at));
  end_ += buffer_.size() - at;
  if (buffer_.size() >= buffer_size)
    if (auto flushed = flush(); !flushed) return flushed.error();
  return offset;
}

Result<void> PortionWriter::flush() {
  auto written = platform::write_all(file_, buffer_, path_.string());
  buffer_.clear();
  return written;
}

}  // namespace fieldnote::dataset
