#include "seal/x25519_identity.hpp"

#include <algorithm>

#include "platform/random.hpp"
#include "seal/bech32.hpp"
#include "seal/primitives.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view prefix = "AGE-SECRET-KEY-";

// Nothing of the text goes into the sentence: also most of a key is a key.
Error refuse(std::string why) {
  return seal_error(SealError::bad_key,
                    "not an age identity (AGE-SECRET-KEY-1...): " + std::move(why));
}

}  // namespace

X25519Identity::X25519Identity(Secret<size> scalar, const X25519Recipient& recipient)
    : scalar_(std::move(scalar)), recipient_(recipient) {}

X25519Identity X25519Identity::from_scalar(Secret<size> scalar) {
  // The base point has a large prime order, and so has every clamped multiple of it.
  const auto recipient = X25519Recipient::from_point(x25519_base(scalar.bytes()));
  return {std::move(scalar), recipient.value()};
}

X25519Identity X25519Identity::generate() {
  Secret<size> scalar;
  platform::fill_random(scalar.bytes());
  return from_scalar(std::move(scalar));
}

Result<X25519Identity> X25519Identity::parse(std::string_view text) {
  if (text.starts_with("AGE-SECRET-KEY-PQ-1"))
    return refuse("post-quantum identities are not supported; make one with age-keygen");
  auto decoded = bech32_decode(text);
  if (!decoded) return refuse(decoded.error().sentence);
  Secret<size> scalar;
  const bool fits = decoded->prefix == prefix && decoded->data.size() == size;
  if (fits) std::copy(decoded->data.begin(), decoded->data.end(), scalar.bytes().begin());
  wipe(decoded->data);
  if (!fits) return refuse("it is a key of another kind");
  return from_scalar(std::move(scalar));
}

SecretText X25519Identity::text() const {
  std::string text = bech32_encode(prefix, scalar_.bytes());
  SecretText secret(text);
  wipe(text);
  return secret;
}

Result<std::vector<X25519Identity>> parse_identities(std::string_view text) {
  std::vector<X25519Identity> identities;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    auto identity = X25519Identity::parse(line);
    if (!identity) return Error(identity.error()).at("line " + std::to_string(number));
    identities.push_back(std::move(*identity));
  }
  if (identities.empty())
    return seal_error(SealError::bad_key,
                      "there is no identity (AGE-SECRET-KEY-1...) in the key file; is it the "
                      "right file?");
  return identities;
}

}  // namespace fieldnote::seal
