#include "seal/primitives.hpp"

#include <cryptopp/chachapoly.h>
#include <cryptopp/hkdf.h>
#include <cryptopp/hmac.h>
#include <cryptopp/misc.h>
#include <cryptopp/scrypt.h>
#include <cryptopp/sha.h>
#include <cryptopp/xed25519.h>

#include <algorithm>

#include "seal/crypto_bytes.hpp"

namespace fieldnote::seal {

// Wherever Crypto++ asks for a generator although the operation needs none, it gets NullRNG, which
// throws when used: all randomness comes from platform::fill_random.

Key32 hkdf_sha256(ByteView input_key, ByteView salt, std::string_view info) {
  Key32 key;
  const ByteView label = platform::as_bytes(info);
  CryptoPP::HKDF<CryptoPP::SHA256>().DeriveKey(
      crypto_room(key.bytes()), key.size, crypto_bytes(input_key), input_key.size(),
      crypto_bytes(salt), salt.size(), crypto_bytes(label), label.size());
  return key;
}

std::array<std::byte, 32> hmac_sha256(ByteView key, ByteView message) {
  std::array<std::byte, 32> mac;
  CryptoPP::HMAC<CryptoPP::SHA256>(crypto_bytes(key), key.size())
      .CalculateDigest(crypto_room(mac), crypto_bytes(message), message.size());
  return mac;
}

bool equal_in_constant_time(ByteView one, ByteView other) {
  return one.size() == other.size() &&
         CryptoPP::VerifyBufsEqual(crypto_bytes(one), crypto_bytes(other), one.size());
}

std::array<std::byte, 32> x25519_base(std::span<const std::byte, 32> scalar) {
  std::array<std::byte, 32> point;
  CryptoPP::x25519().GeneratePublicKey(CryptoPP::NullRNG(), crypto_bytes(scalar),
                                       crypto_room(point));
  return point;
}

bool x25519(std::span<const std::byte, 32> scalar, std::span<const std::byte, 32> point,
            Key32& shared) {
  // Agree's own check (its last argument) knows a list of points of low order; without it an
  // all-zero secret comes back as success. The comparison below is what RFC 7748, section 6.1
  // asks for, and does not depend on the list being complete.
  constexpr std::array<std::byte, 32> zero{};
  return CryptoPP::x25519().Agree(crypto_room(shared.bytes()), crypto_bytes(scalar),
                                  crypto_bytes(point), true) &&
         !equal_in_constant_time(shared.bytes(), zero);
}

Key32 scrypt(std::string_view passphrase, ByteView salt, unsigned log_n) {
  constexpr CryptoPP::word64 block_size = 8;
  constexpr CryptoPP::word64 parallelization = 1;
  Key32 key;
  const ByteView secret = platform::as_bytes(passphrase);
  CryptoPP::Scrypt().DeriveKey(crypto_room(key.bytes()), key.size, crypto_bytes(secret),
                               secret.size(), crypto_bytes(salt), salt.size(),
                               CryptoPP::word64{1} << log_n, block_size, parallelization);
  return key;
}

struct AeadSealer::State {
  CryptoPP::ChaCha20Poly1305::Encryption cipher;
};

AeadSealer::AeadSealer(const Key32& key) : state_(std::make_unique<State>()) {
  constexpr AeadNonce unused{};  // each message brings its own
  state_->cipher.SetKeyWithIV(crypto_bytes(key.bytes()), key.size, crypto_bytes(unused),
                              unused.size());
}
AeadSealer::AeadSealer(AeadSealer&&) noexcept = default;
AeadSealer::~AeadSealer() = default;

void AeadSealer::seal(const AeadNonce& nonce, ByteView plaintext, std::span<std::byte> sealed) {
  const auto tag = sealed.subspan(plaintext.size(), aead_tag_size);
  state_->cipher.EncryptAndAuthenticate(crypto_room(sealed), crypto_room(tag), tag.size(),
                                        crypto_bytes(nonce), static_cast<int>(nonce.size()),
                                        nullptr, 0, crypto_bytes(plaintext), plaintext.size());
}

struct AeadOpener::State {
  CryptoPP::ChaCha20Poly1305::Decryption cipher;
};

AeadOpener::AeadOpener(const Key32& key) : state_(std::make_unique<State>()) {
  constexpr AeadNonce unused{};  // each message brings its own
  state_->cipher.SetKeyWithIV(crypto_bytes(key.bytes()), key.size, crypto_bytes(unused),
                              unused.size());
}
AeadOpener::AeadOpener(AeadOpener&&) noexcept = default;
AeadOpener::~AeadOpener() = default;

bool AeadOpener::open(const AeadNonce& nonce, ByteView sealed, std::span<std::byte> plaintext) {
  if (sealed.size() < aead_tag_size) return false;
  const ByteView ciphertext = sealed.first(sealed.size() - aead_tag_size);
  const ByteView tag = sealed.last(aead_tag_size);
  // Crypto++ decrypts before it compares the tags: what is in `plaintext` until then is nobody's.
  const bool authentic = state_->cipher.DecryptAndVerify(
      crypto_room(plaintext), crypto_bytes(tag), tag.size(), crypto_bytes(nonce),
      static_cast<int>(nonce.size()), nullptr, 0, crypto_bytes(ciphertext), ciphertext.size());
  if (!authentic) wipe(plaintext);
  return authentic;
}

}  // namespace fieldnote::seal
