#include "seal/hold_cipher.hpp"

#include <cryptopp/chachapoly.h>

#include "platform/random.hpp"
#include "seal/crypto_bytes.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {

using platform::ByteView;

struct HoldCipher::State {
  explicit State(const DeviceKey& key) {
    constexpr std::array<std::byte, nonce_size> unused{};  // each text brings its own
    encryption.SetKeyWithIV(crypto_bytes(key.bytes()), DeviceKey::size, crypto_bytes(unused),
                            unused.size());
    decryption.SetKeyWithIV(crypto_bytes(key.bytes()), DeviceKey::size, crypto_bytes(unused),
                            unused.size());
  }
  ~State() { wipe(plaintext); }

  // Room for `size` bytes of plaintext; what it held before is wiped where it is left behind.
  std::span<std::byte> plaintext_room(std::size_t size) {
    if (size > plaintext.size()) {
      wipe(plaintext);
      plaintext = platform::Bytes(size);
    }
    return std::span(plaintext).first(size);
  }

  CryptoPP::XChaCha20Poly1305::Encryption encryption;
  CryptoPP::XChaCha20Poly1305::Decryption decryption;
  // Two, so that a row can be opened and a part of it sealed again. They only grow.
  platform::Bytes sealed;
  platform::Bytes plaintext;
};

HoldCipher::HoldCipher(const DeviceKey& key) : state_(std::make_unique<State>(key)) {}
HoldCipher::HoldCipher(HoldCipher&&) noexcept = default;
HoldCipher& HoldCipher::operator=(HoldCipher&&) noexcept = default;
HoldCipher::~HoldCipher() = default;

ByteView HoldCipher::seal(ByteView plaintext, ByteView associated_data) {
  if (state_->sealed.size() < plaintext.size() + overhead)
    state_->sealed.resize(plaintext.size() + overhead);
  const auto sealed = std::span(state_->sealed).first(plaintext.size() + overhead);
  const auto nonce = sealed.first(nonce_size);
  const auto ciphertext = sealed.subspan(nonce_size, plaintext.size());
  const auto tag = sealed.last(tag_size);
  platform::fill_random(nonce);
  state_->encryption.EncryptAndAuthenticate(crypto_room(ciphertext), crypto_room(tag), tag.size(),
                                            crypto_bytes(nonce), static_cast<int>(nonce.size()),
                                            crypto_bytes(associated_data), associated_data.size(),
                                            crypto_bytes(plaintext), plaintext.size());
  return sealed;
}

Result<ByteView> HoldCipher::open(ByteView sealed, ByteView associated_data) {
  if (sealed.size() < overhead)
    return seal_error(SealError::bad_held, "held data is too short to be what was sealed here");
  const ByteView nonce = sealed.first(nonce_size);
  const ByteView ciphertext = sealed.subspan(nonce_size, sealed.size() - overhead);
  const ByteView tag = sealed.last(tag_size);
  const auto plaintext = state_->plaintext_room(ciphertext.size());
  if (state_->decryption.DecryptAndVerify(crypto_room(plaintext), crypto_bytes(tag), tag.size(),
                                          crypto_bytes(nonce), static_cast<int>(nonce.size()),
                                          crypto_bytes(associated_data), associated_data.size(),
                                          crypto_bytes(ciphertext), ciphertext.size()))
    return ByteView(plaintext);
  wipe(plaintext);
  return seal_error(SealError::bad_held,
                    "held data does not open: it was changed, moved to another place, or sealed "
                    "under another device key; it is of no use without that key");
}

}  // namespace fieldnote::seal
