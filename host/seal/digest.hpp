// SHA-256 (FIPS 180-4) and the value that it yields.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

using platform::Bytes;
using platform::ByteView;

struct Digest {
  std::array<std::byte, 32> bytes{};

  // 64 lower case hex digits.
  [[nodiscard]] std::string hex() const;
  // The inverse, and strict: upper case is refused, so that a digest has one text.
  [[nodiscard]] static Result<Digest> from_hex(std::string_view text);

  friend auto operator<=>(const Digest&, const Digest&) = default;
};

[[nodiscard]] Digest sha256(ByteView bytes);

// SHA-256 of bytes that come in pieces. One thread at a time.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void update(ByteView bytes);
  // The digest of all that came since the start or the last `finish`; the next one starts empty.
  [[nodiscard]] Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
