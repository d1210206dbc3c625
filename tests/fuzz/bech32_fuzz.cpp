// Keys as people paste them: what parses has exactly one text.
#include "input.hpp"
#include "seal/x25519_identity.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  const std::string_view text = fuzz::text(data, size);
  if (const auto recipient = seal::X25519Recipient::parse(text))
    fuzz::require(recipient->text() == text);
  if (const auto identity = seal::X25519Identity::parse(text))
    fuzz::require(identity->text().view() == text);
  static_cast<void>(seal::parse_identities(text));
  return 0;
}
