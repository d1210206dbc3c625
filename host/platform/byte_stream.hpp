// Bytes that flow: where a format writes to and reads from, whatever is at the other end.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/error.hpp"

namespace fieldnote::platform {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;
  // Takes all of `bytes`, or fails; after a failure the sink is of no further use.
  [[nodiscard]] virtual Result<void> write(ByteView bytes) = 0;
};

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;
  // Fills a beginning of `room` and says how much; 0 is the end (for a `room` that is not empty).
  [[nodiscard]] virtual Result<std::size_t> read(std::span<std::byte> room) = 0;
};

class MemorySink final : public ByteSink {
 public:
  [[nodiscard]] Result<void> write(ByteView bytes) override;
  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(ByteView bytes) : rest_(bytes) {}
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;

 private:
  ByteView rest_;
};

[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace fieldnote::platform
