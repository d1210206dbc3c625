// The participant's key on this device (Ed25519, RFC 8032): it signs bundles, and its public half
// is what the organisation's roster lists instead of a name (file `participant.key`).
#pragma once

#include <array>
#include <compare>
#include <filesystem>
#include <string>
#include <string_view>

#include "seal/secret.hpp"

namespace fieldnote::seal {

struct ParticipantPublicKey {
  std::array<std::byte, 32> bytes{};

  // Base64 with padding, 44 characters.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static Result<ParticipantPublicKey> parse(std::string_view text);

  friend auto operator<=>(const ParticipantPublicKey&, const ParticipantPublicKey&) = default;
};

using Signature = std::array<std::byte, 64>;

class ParticipantKey {
 public:
  // From the 32 secret bytes that RFC 8032 calls the private key.
  explicit ParticipantKey(Secret<32> seed);
  // As `DeviceKey::load_or_create`: the file holds the seed.
  [[nodiscard]] static Result<ParticipantKey> load_or_create(const std::filesystem::path& path);

  // The library copies the message: sign a digest of what is large.
  [[nodiscard]] Signature sign(platform::ByteView message) const;
  [[nodiscard]] const ParticipantPublicKey& public_key() const { return public_key_; }

 private:
  Secret<32> seed_;
  ParticipantPublicKey public_key_;
};

// Whether `signature` is the one that the holder of `key` made over `message`. As RFC 8032 asks,
// the second half of a signature must be below the group order, so that a third party cannot turn
// one good signature into another.
[[nodiscard]] bool verify(const ParticipantPublicKey& key, platform::ByteView message,
                          const Signature& signature);

}  // namespace fieldnote::seal
