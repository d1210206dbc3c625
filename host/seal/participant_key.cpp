#include "seal/participant_key.hpp"

#include <cryptopp/donna.h>
#include <cryptopp/misc.h>
#include <cryptopp/xed25519.h>

#include <algorithm>

#include "seal/base64.hpp"
#include "seal/crypto_bytes.hpp"
#include "seal/key_file.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

// L = 2^252 + 27742317777372353535851937790883648493, the order of the group (RFC 8032, section
// 5.1), from its lowest byte up as in a signature.
constexpr std::array<unsigned char, 32> group_order = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

// Crypto++ looks at the top three bits only, and takes S + L as well as S.
bool is_below_group_order(std::span<const std::byte> little_endian) {
  const auto order = std::as_bytes(std::span(group_order));
  return std::lexicographical_compare(little_endian.rbegin(), little_endian.rend(), order.rbegin(),
                                      order.rend());
}

}  // namespace

std::string ParticipantPublicKey::text() const {
  return base64_encode(bytes, Base64Padding::padded);
}

Result<ParticipantPublicKey> ParticipantPublicKey::parse(std::string_view text) {
  const auto refuse = [](const std::string& why) {
    return seal_error(SealError::bad_key, "not a participant key: " + why);
  };
  const auto decoded = base64_decode(text, Base64Padding::padded);
  if (!decoded) return refuse(decoded.error().sentence);
  ParticipantPublicKey key;
  if (decoded->size() != key.bytes.size())
    return refuse("it holds " + std::to_string(decoded->size()) + " bytes instead of 32");
  std::copy(decoded->begin(), decoded->end(), key.bytes.begin());
  return key;
}

ParticipantKey::ParticipantKey(Secret<32> seed) : seed_(std::move(seed)) {
  const CryptoPP::ed25519::Signer signer(crypto_bytes(seed_.bytes()));
  const auto& key = static_cast<const CryptoPP::ed25519PrivateKey&>(signer.GetPrivateKey());
  std::copy_n(reinterpret_cast<const std::byte*>(key.GetPublicKeyBytePtr()),
              public_key_.bytes.size(), public_key_.bytes.begin());
}

Result<ParticipantKey> ParticipantKey::load_or_create(const std::filesystem::path& path) {
  auto seed = load_or_create_key(path);
  if (!seed) return seed.error();
  return ParticipantKey(std::move(*seed));
}

Signature ParticipantKey::sign(platform::ByteView message) const {
  const CryptoPP::ed25519::Signer signer(crypto_bytes(public_key_.bytes),
                                         crypto_bytes(seed_.bytes()));
  Signature signature;
  // Ed25519 derives its nonce from key and message: the generator is not used.
  signer.SignMessage(CryptoPP::NullRNG(), crypto_bytes(message), message.size(),
                     crypto_room(signature));
  return signature;
}

bool verify(const ParticipantPublicKey& key, platform::ByteView message,
            const Signature& signature) {
  if (!is_below_group_order(std::span(signature).last<32>())) return false;
  // What `ed25519::Verifier` calls, which first copies all of the message, and wipes the copy.
  return CryptoPP::Donna::ed25519_sign_open(crypto_bytes(message), message.size(),
                                            crypto_bytes(key.bytes), crypto_bytes(signature)) == 0;
}

}  // namespace fieldnote::seal
