// Seals: what is written goes on to the sink below as one age v1 file (age-encryption.org/v1).
//
// Memory is constant, whatever the length. A file is whole only after `finish()`; one that was
// left before that lacks its final chunk, and every reader refuses its end. One thread at a time.
#pragma once

#include <memory>
#include <span>

#include "seal/secret.hpp"
#include "seal/x25519_recipient.hpp"

namespace fieldnote::seal {

class AgeWriter final : public platform::ByteSink {
 public:
  // Draws a file key, wraps it for each of `recipients` (`no_recipients` if there are none) and
  // writes the header to `below`, which must outlive the writer.
  [[nodiscard]] static Result<AgeWriter> open(platform::ByteSink& below,
                                              std::span<const X25519Recipient> recipients);
  // Seals under a passphrase instead. Memory and time of one guess grow with 2^`log_n`: at 18
  // that is 256 MiB and about a second.
  [[nodiscard]] static Result<AgeWriter> open(platform::ByteSink& below,
                                              const SecretText& passphrase, unsigned log_n = 18);

  AgeWriter(AgeWriter&&) noexcept;
  ~AgeWriter() override;

  [[nodiscard]] Result<void> write(platform::ByteView bytes) override;
  // Writes the final chunk. To write after it is a bug (std::logic_error).
  [[nodiscard]] Result<void> finish();

 private:
  struct State;
  explicit AgeWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fieldnote::seal
