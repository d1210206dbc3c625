// Zstandard (RFC 8878) as a sink and a source. One thread at a time.
#pragma once

#include <memory>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

class ZstdWriter final : public platform::ByteSink {
 public:
  static constexpr int default_level = 3;

  // `below` must outlive the writer. `level`: zstd's own, 1 (fast) to 19 (small).
  explicit ZstdWriter(platform::ByteSink& below, int level = default_level);
  ZstdWriter(ZstdWriter&&) noexcept;
  ~ZstdWriter() override;

  [[nodiscard]] Result<void> write(platform::ByteView bytes) override;
  // Ends the frame with its checksum; also an empty one is a frame. To write after it is a bug
  // (std::logic_error).
  [[nodiscard]] Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class ZstdReader final : public platform::ByteSource {
 public:
  // 2^27 bytes of window is what the `zstd` program accepts without being asked for more.
  static constexpr int default_max_window_log = 27;

  // `below` must outlive the reader. A frame whose window is larger than 2^`max_window_log` bytes
  // is refused before memory is taken for it.
  explicit ZstdReader(platform::ByteSource& below, int max_window_log = default_max_window_log);
  ZstdReader(ZstdReader&&) noexcept;
  ~ZstdReader() override;

  // Reads one frame or several in a row. Refuses (`bad_compression`) what is not zstd, and an end
  // inside a frame or before the first; from then on each read gives that error again.
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
