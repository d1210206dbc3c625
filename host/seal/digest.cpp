#include "seal/digest.hpp"

#include <cryptopp/sha.h>

#include "seal/crypto_bytes.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

}  // namespace

std::string Digest::hex() const {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte byte : bytes) {
    text += hex_digits[std::to_integer<std::size_t>(byte >> 4)];
    text += hex_digits[std::to_integer<std::size_t>(byte & std::byte{0x0f})];
  }
  return text;
}

Result<Digest> Digest::from_hex(std::string_view text) {
  Digest digest;
  if (text.size() != digest.bytes.size() * 2)
    return seal_error(SealError::bad_digest, "a SHA-256 digest has 64 hex digits, this one has " +
                                                 std::to_string(text.size()) + " characters");
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digit = hex_digits.find(text[i]);
    if (digit == std::string_view::npos)
      return seal_error(SealError::bad_digest, "character " + std::to_string(i + 1) +
                                                   " of a digest is none of 0-9 and a-f");
    digest.bytes[i / 2] = (digest.bytes[i / 2] << 4) | static_cast<std::byte>(digit);
  }
  return digest;
}

struct Sha256::State {
  CryptoPP::SHA256 hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(ByteView bytes) {
  state_->hash.Update(crypto_bytes(bytes), bytes.size());
}

Digest Sha256::finish() {
  Digest digest;
  state_->hash.Final(crypto_room(digest.bytes));
  return digest;
}

Digest sha256(ByteView bytes) {
  Digest digest;
  CryptoPP::SHA256().CalculateDigest(crypto_room(digest.bytes), crypto_bytes(bytes), bytes.size());
  return digest;
}

}  // namespace fieldnote::seal
