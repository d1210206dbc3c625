// Opens: what is read is the plaintext of the age v1 file (age-encryption.org/v1) in the source
// below, binary or armored.
//
// Only authenticated chunks are released. What was released before an error was written by
// whoever sealed the file, but it is not the whole file: only a read that returns 0 says that.
// Memory is constant, whatever the length. One thread at a time.
#pragma once

#include <memory>
#include <span>

#include "seal/secret.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::seal {

class AgeReader final : public platform::ByteSource {
 public:
  // Reads the header and finds the file key. Errors: `bad_armor`, `bad_header`, `bad_mac`,
  // `no_match`; reading adds `bad_payload`. Errors of `below`, which must outlive the reader, go
  // through unchanged.
  [[nodiscard]] static Result<AgeReader> open(platform::ByteSource& below,
                                              std::span<const X25519Identity> identities);
  // Opens what was sealed under a passphrase. The file asks for 2^logN of work; more than
  // `max_log_n` (22: 4 GiB of memory) is refused as `bad_header`.
  [[nodiscard]] static Result<AgeReader> open(platform::ByteSource& below,
                                              const SecretText& passphrase,
                                              unsigned max_log_n = 22);

  AgeReader(AgeReader&&) noexcept;
  ~AgeReader() override;

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;

 private:
  struct State;
  explicit AgeReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
