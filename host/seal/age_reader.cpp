#include "seal/age_reader.hpp"

#include <functional>
#include <optional>

#include "seal/armor.hpp"
#include "seal/header.hpp"
#include "seal/scrypt_stanza.hpp"
#include "seal/seal_error.hpp"
#include "seal/stream.hpp"
#include "seal/x25519_stanza.hpp"

namespace fieldnote::seal {

namespace {

// Tries one stanza: the file key, nothing where it is for somebody else, or why the header is bad.
using Unwrap = std::function<Result<std::optional<FileKey>>(const Stanza&)>;

// From the first stanza that is for us; nothing where none is.
Result<std::optional<FileKey>> find_file_key(const Header& header, const Unwrap& unwrap) {
  for (const Stanza& stanza : header.stanzas) {
    auto file_key = unwrap(stanza);
    if (!file_key || *file_key) return file_key;
  }
  return std::nullopt;
}

Result<PayloadNonce> read_nonce(platform::ByteSource& source) {
  PayloadNonce nonce;
  const auto count = read_fully(source, nonce);
  if (!count) return count.error();
  if (*count != nonce.size())
    return seal_error(SealError::bad_header,
                      "the file ends right after its age header, so it was cut short");
  return nonce;
}

bool takes_passphrase(const Header& header) {
  return header.stanzas.front().type == scrypt_type;
}

Error no_identity_matches(const Header& header) {
  return seal_error(SealError::no_match,
                    takes_passphrase(header)
                        ? "the file was sealed with a passphrase; give that instead of an identity"
                        : "it was sealed to other keys than the identities at hand; give one of "
                          "those it was sealed to");
}

Error passphrase_does_not_match(const Header& header) {
  return seal_error(SealError::no_match,
                    takes_passphrase(header)
                        ? "the passphrase is wrong"
                        : "the file was not sealed with a passphrase; give an identity instead");
}

}  // namespace

// The layers from the file up: each reads from the one before it, so they never move.
struct AgeReader::State {
  explicit State(platform::ByteSource& below) : file(below) {}

  // The age file itself, out of its armor where it has one.
  Result<BufferedSource*> strip_armor() {
    const auto first = file.peek();
    if (!first) return first.error();
    if (!*first || !looks_armored(**first)) return &file;
    return &binary.emplace(armor.emplace(file));
  }

  // Up to the payload; `no_match` says what is wrong with a header that is right.
  Result<void> begin(const Unwrap& unwrap, const std::function<Error(const Header&)>& no_match) {
    const auto source = strip_armor();
    if (!source) return source.error();
    const auto header = read_header(**source);
    if (!header) return header.error();
    const auto file_key = find_file_key(*header, unwrap);
    if (!file_key) return file_key.error();
    if (!*file_key) return no_match(*header);
    if (auto authentic = authenticate(*header, **file_key); !authentic) return authentic;
    const auto nonce = read_nonce(**source);
    if (!nonce) return nonce.error();
    payload.emplace(**source, payload_key(**file_key, *nonce));
    return {};
  }

  BufferedSource file;
  std::optional<ArmorReader> armor;
  std::optional<BufferedSource> binary;
  std::optional<StreamReader> payload;
};

AgeReader::AgeReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgeReader::AgeReader(AgeReader&& other) noexcept : state_(std::move(other.state_)) {}
AgeReader::~AgeReader() = default;

Result<AgeReader> AgeReader::open(platform::ByteSource& below,
                                  std::span<const X25519Identity> identities) {
  const auto unwrap = [&](const Stanza& stanza) -> Result<std::optional<FileKey>> {
    for (const X25519Identity& identity : identities) {
      auto file_key = unwrap_with_identity(stanza, identity);
      if (!file_key || *file_key) return file_key;
    }
    return std::nullopt;
  };
  auto state = std::make_unique<State>(below);
  const auto no_match = [&](const Header& header) { return no_identity_matches(header); };
  if (auto begun = state->begin(unwrap, no_match); !begun) return begun.error();
  return AgeReader(std::move(state));
}

Result<AgeReader> AgeReader::open(platform::ByteSource& below, const SecretText& passphrase,
                                  unsigned max_log_n) {
  const auto unwrap = [&](const Stanza& stanza) {
    return unwrap_with_passphrase(stanza, passphrase, max_log_n);
  };
  auto state = std::make_unique<State>(below);
  if (auto begun = state->begin(unwrap, passphrase_does_not_match); !begun) return begun.error();
  return AgeReader(std::move(state));
}

Result<std::size_t> AgeReader::read(std::span<std::byte> room) {
  return state_->payload->read(room);
}

}  // namespace fieldnote::seal
