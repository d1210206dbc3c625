#include "seal/age_writer.hpp"

#include "platform/random.hpp"
#include "seal/header.hpp"
#include "seal/scrypt_stanza.hpp"
#include "seal/seal_error.hpp"
#include "seal/stream.hpp"
#include "seal/x25519_stanza.hpp"

namespace fieldnote::seal {

struct AgeWriter::State {
  State(platform::ByteSink& below, const Key32& key) : payload(below, key) {}

  static Result<std::unique_ptr<State>> begin(platform::ByteSink& below, const FileKey& file_key,
                                              const std::vector<Stanza>& stanzas) {
    PayloadNonce nonce;
    platform::fill_random(nonce);
    const std::string header = header_text(stanzas, file_key);
    if (auto written = below.write(platform::as_bytes(header)); !written) return written.error();
    if (auto written = below.write(nonce); !written) return written.error();
    return std::make_unique<State>(below, payload_key(file_key, nonce));
  }

  StreamWriter payload;
};

AgeWriter::AgeWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgeWriter::AgeWriter(AgeWriter&& other) noexcept : state_(std::move(other.state_)) {}
AgeWriter::~AgeWriter() = default;

Result<AgeWriter> AgeWriter::open(platform::ByteSink& below,
                                  std::span<const X25519Recipient> recipients) {
  if (recipients.empty())
    return seal_error(SealError::no_recipients,
                      "there is no recipient to seal to, so nobody could open the file; name one");
  const FileKey file_key = new_file_key();
  std::vector<Stanza> stanzas;
  for (const X25519Recipient& recipient : recipients)
    stanzas.push_back(wrap_to_recipient(file_key, recipient));
  auto state = State::begin(below, file_key, stanzas);
  if (!state) return state.error();
  return AgeWriter(std::move(*state));
}

Result<AgeWriter> AgeWriter::open(platform::ByteSink& below, const SecretText& passphrase,
                                  unsigned log_n) {
  const FileKey file_key = new_file_key();
  auto state = State::begin(below, file_key, {wrap_to_passphrase(file_key, passphrase, log_n)});
  if (!state) return state.error();
  return AgeWriter(std::move(*state));
}

Result<void> AgeWriter::write(platform::ByteView bytes) {
  return state_->payload.write(bytes);
}

Result<void> AgeWriter::finish() {
  return state_->payload.finish();
}

}  // namespace fieldnote::seal
