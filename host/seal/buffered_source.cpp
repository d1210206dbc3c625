#include "seal/buffered_source.hpp"

#include <algorithm>
#include <cstring>

namespace fieldnote::seal {
namespace {

constexpr std::size_t buffer_size = 16 * 1024;

}  // namespace

Result<std::size_t> read_fully(platform::ByteSource& source, std::span<std::byte> room) {
  std::size_t filled = 0;
  while (filled < room.size()) {
    const auto count = source.read(room.subspan(filled));
    if (!count) return count.error();
    if (*count == 0) break;
    filled += *count;
  }
  return filled;
}

BufferedSource::BufferedSource(platform::ByteSource& below) : below_(below), buffer_(buffer_size) {}

Result<std::size_t> BufferedSource::read(std::span<std::byte> room) {
  if (begin_ == end_) return below_.read(room);
  const std::size_t count = std::min(room.size(), end_ - begin_);
  std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), count, room.begin());
  begin_ += count;
  return count;
}

Result<std::optional<std::byte>> BufferedSource::peek() {
  if (begin_ == end_) {
    const auto more = fill();
    if (!more) return more.error();
    if (!*more) return std::optional<std::byte>();
  }
  return std::optional(buffer_[begin_]);
}

Result<BufferedSource::Line> BufferedSource::read_line(std::size_t limit) {
  std::size_t searched = 0;
  while (true) {
    const auto text = platform::as_text(ByteView(buffer_).subspan(begin_, end_ - begin_));
    const std::size_t length = text.find('\n', searched);
    if (std::min(length, text.size()) > limit) return Line{{}, LineEnd::too_long};
    if (length != std::string_view::npos) {
      begin_ += length + 1;
      return Line{text.substr(0, length), LineEnd::line_feed};
    }
    searched = text.size();
    const auto more = fill();
    if (!more) return more.error();
    if (*more) continue;
    const auto rest = platform::as_text(ByteView(buffer_).subspan(begin_, end_ - begin_));
    begin_ = end_;
    return Line{rest, LineEnd::end_of_input};
  }
}

Result<bool> BufferedSource::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
  const auto count = below_.read(std::span(buffer_).subspan(end_));
  if (!count) return count.error();
  end_ += *count;
  return *count != 0;
}

}  // namespace fieldnote::seal
