// Encrypts what is held on the device: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under the
// device key. A sealed text is nonce (24) || ciphertext || tag (16). Nonces are random and new for
// each text: with 24 bytes they do not meet, so that no counter has to survive a crash.
//
// Lies on the path of every batch, so it keeps its cipher and its buffers: one object a thread.
#pragma once

#include <memory>

#include "platform/byte_stream.hpp"
#include "seal/device_key.hpp"

namespace fieldnote::seal {

class HoldCipher {
 public:
  static constexpr std::size_t nonce_size = 24;
  static constexpr std::size_t tag_size = 16;
  static constexpr std::size_t overhead = nonce_size + tag_size;

  explicit HoldCipher(const DeviceKey& key);
  HoldCipher(HoldCipher&&) noexcept;
  HoldCipher& operator=(HoldCipher&&) noexcept;
  ~HoldCipher();

  // `associated_data` says where the text belongs; it is not stored, and must be the same to open.
  // The result lies in the cipher, good until the next `seal`.
  [[nodiscard]] platform::ByteView seal(platform::ByteView plaintext,
                                        platform::ByteView associated_data);
  // Refuses (`bad_held`) what was not sealed under this key and `associated_data`. The plaintext
  // lies in the cipher, good until the next `open`; it is wiped when the cipher goes.
  [[nodiscard]] Result<platform::ByteView> open(platform::ByteView sealed,
                                                platform::ByteView associated_data);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
