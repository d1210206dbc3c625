// Memory that is wiped when its owner goes. Neither type can be copied, so that a secret lies in
// one place; a move wipes the place it came from.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

// Overwrites with zeros, and is not optimised away.
void wipe(std::span<std::byte> bytes) noexcept;
void wipe(std::span<char> text) noexcept;

// `Size` secret bytes: a key, a shared secret.
template <std::size_t Size>
class Secret {
 public:
  static constexpr std::size_t size = Size;

  Secret() = default;  // all zero
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(bytes_); }

  [[nodiscard]] std::span<std::byte, Size> bytes() { return bytes_; }
  [[nodiscard]] std::span<const std::byte, Size> bytes() const { return bytes_; }

 private:
  std::array<std::byte, Size> bytes_{};
};

// A secret that people write and read: a passphrase, the text of an identity.
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string_view text) : text_(text.begin(), text.end()) {}
  SecretText(SecretText&& other) noexcept = default;  // a vector's move takes the memory itself
  SecretText& operator=(SecretText&& other) noexcept {
    text_.swap(other.text_);
    return *this;
  }
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() { wipe(text_); }

  [[nodiscard]] std::string_view view() const { return {text_.data(), text_.size()}; }

 private:
  std::vector<char> text_;
};

}  // namespace fieldnote::seal
