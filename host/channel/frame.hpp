// Native messaging frames: a length (unsigned 32 bit, the machine's byte order) and that many
// bytes. One large buffer is read into and frames are seen where they lie; memory for a frame is
// taken only after its length was found good. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "channel/protocol.hpp"
#include "platform/error.hpp"

namespace fieldnote::channel {

class FrameBuffer {
 public:
  static constexpr std::size_t usual_size = 256 * 1024;

  // Room to read into, never empty; invalidates frames seen before.
  [[nodiscard]] std::span<char> room();
  // Says how much of the room was filled.
  void filled(std::size_t count) { end_ += count; }

  // The next frame that is whole; nothing where more must be read. Errors: `frame_too_large`, after
  // which the buffer is of no further use, and `frame_empty`, after which it goes on.
  [[nodiscard]] std::optional<Result<std::string_view>> next();

  // What the end of the input means now: clean between frames, `frame_truncated` inside one.
  [[nodiscard]] Result<void> finish() const;

 private:
  std::vector<char> bytes_ = std::vector<char>(usual_size);
  std::size_t begin_ = 0;   // of what was not handed out
  std::size_t end_ = 0;     // of what was read
  std::size_t wanted_ = 0;  // bytes of the frame that is on its way, with its length
};

// Appends a frame with this payload. The payload is ours and below `max_frame_from_host`.
void append_frame(std::string& out, std::string_view payload);

}  // namespace fieldnote::channel
