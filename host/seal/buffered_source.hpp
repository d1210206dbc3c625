// A source that can be read by lines, or looked at before it is read.
#pragma once

#include <optional>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

using platform::ByteView;

// Fills `room` unless the source ends before, and says how much.
[[nodiscard]] Result<std::size_t> read_fully(platform::ByteSource& source,
                                             std::span<std::byte> room);

class BufferedSource final : public platform::ByteSource {
 public:
  enum class LineEnd {
    line_feed,     // the line is whole
    end_of_input,  // the source ended first
    too_long,      // no LF within the limit
  };
  struct Line {
    std::string_view text;  // without its LF; good until the next call
    LineEnd end;
  };

  // `below` must outlive it.
  explicit BufferedSource(platform::ByteSource& below);

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;
  // The next byte, which stays unread; nothing at the end.
  [[nodiscard]] Result<std::optional<std::byte>> peek();
  // The next line, of at most `limit` bytes; nothing is consumed of one that is too long.
  [[nodiscard]] Result<Line> read_line(std::size_t limit);

 private:
  // Whether there was more to read below; keeps what is unread.
  [[nodiscard]] Result<bool> fill();

  platform::ByteSource& below_;
  platform::Bytes buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace fieldnote::seal
