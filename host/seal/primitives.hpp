// The primitives that age is made of, from Crypto++, in our types. Nothing here decides anything:
// what is derived from what is said where it is used.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "seal/secret.hpp"

namespace fieldnote::seal {

using platform::ByteView;

using Key32 = Secret<32>;
using AeadNonce = std::array<std::byte, 12>;
inline constexpr std::size_t aead_tag_size = 16;

// HKDF-SHA-256 (RFC 5869).
[[nodiscard]] Key32 hkdf_sha256(ByteView input_key, ByteView salt, std::string_view info);

// HMAC-SHA-256 (RFC 2104).
[[nodiscard]] std::array<std::byte, 32> hmac_sha256(ByteView key, ByteView message);

// Takes the same time wherever two views of one length differ.
[[nodiscard]] bool equal_in_constant_time(ByteView one, ByteView other);

// X25519 (RFC 7748): a public point from a secret scalar.
[[nodiscard]] std::array<std::byte, 32> x25519_base(std::span<const std::byte, 32> scalar);

// X25519: the shared secret. False where `point` has a low order, so that the secret is all zero
// whatever the scalar is.
[[nodiscard]] bool x25519(std::span<const std::byte, 32> scalar,
                          std::span<const std::byte, 32> point, Key32& shared);

// scrypt (RFC 7914) with N = 2^`log_n`, r = 8, p = 1.
[[nodiscard]] Key32 scrypt(std::string_view passphrase, ByteView salt, unsigned log_n);

// ChaCha20-Poly1305 (RFC 8439) without associated data, under one key for many messages.
class AeadSealer {
 public:
  explicit AeadSealer(const Key32& key);
  AeadSealer(AeadSealer&&) noexcept;
  ~AeadSealer();
  // Writes ciphertext || tag to `sealed`, which is `plaintext.size() + aead_tag_size` long.
  void seal(const AeadNonce& nonce, ByteView plaintext, std::span<std::byte> sealed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class AeadOpener {
 public:
  explicit AeadOpener(const Key32& key);
  AeadOpener(AeadOpener&&) noexcept;
  ~AeadOpener();
  // Writes the plaintext, `sealed.size() - aead_tag_size` long. Where it returns false the tag is
  // wrong (or not all there), and `plaintext` has been wiped.
  [[nodiscard]] bool open(const AeadNonce& nonce, ByteView sealed, std::span<std::byte> plaintext);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
