// Zstandard (RFC 8878) for short texts that lie in memory as a whole: one frame each, which says
// how long its text is. Keeps its contexts and its room from one text to the next, and wipes what
// it expanded when it goes. One thread at a time.
#pragma once

#include <memory>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

class ZstdBlock {
 public:
  // `level`: zstd's own. A fast one saves what it costs, and more, where a frame is stored.
  // `with_checksum`: of the text, where nobody authenticates the frame.
  explicit ZstdBlock(int level = 1, bool with_checksum = false);
  ZstdBlock(ZstdBlock&&) noexcept;
  ZstdBlock& operator=(ZstdBlock&&) noexcept;
  ~ZstdBlock();

  // The frame lies here, good until the next `compress`.
  [[nodiscard]] platform::ByteView compress(platform::ByteView text);
  // Refuses (`bad_compression`) what is no single whole frame, does not say its size, or says more
  // than `most` bytes, before memory is taken for it. The text lies here, good until the next
  // `expand`.
  [[nodiscard]] Result<platform::ByteView> expand(platform::ByteView frame, std::size_t most);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
