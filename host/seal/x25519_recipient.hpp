// To whom a file is sealed: an age X25519 public key, `age1...`.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

class X25519Recipient {
 public:
  static constexpr std::size_t size = 32;

  // Refuses (`bad_key`) what is not Bech32 with the prefix `age` and 32 bytes, and the points of
  // low order: whatever were sealed to those, everybody could open.
  [[nodiscard]] static Result<X25519Recipient> parse(std::string_view text);
  [[nodiscard]] static Result<X25519Recipient> from_point(std::span<const std::byte, size> point);

  [[nodiscard]] std::string text() const;
  // What people compare: the first 16 hex digits of the SHA-256 of `text()`, in groups of four
  // with '-' between them.
  [[nodiscard]] std::string fingerprint() const;
  [[nodiscard]] std::span<const std::byte, size> point() const { return point_; }

  friend auto operator<=>(const X25519Recipient&, const X25519Recipient&) = default;

 private:
  explicit X25519Recipient(std::span<const std::byte, size> point);
  std::array<std::byte, size> point_;
};

}  // namespace fieldnote::seal
