#include "seal/x25519_recipient.hpp"

#include <algorithm>

#include "seal/bech32.hpp"
#include "seal/digest.hpp"
#include "seal/primitives.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view prefix = "age";

Error refuse(std::string why) {
  return seal_error(SealError::bad_key, "not an age recipient (age1...): " + std::move(why));
}

}  // namespace

X25519Recipient::X25519Recipient(std::span<const std::byte, size> point) {
  std::copy(point.begin(), point.end(), point_.begin());
}

Result<X25519Recipient> X25519Recipient::parse(std::string_view text) {
  if (text.starts_with("age1pq1"))
    return refuse("post-quantum recipients (age1pq1...) are not supported; use an X25519 one");
  const auto decoded = bech32_decode(text);
  if (!decoded) return refuse(decoded.error().sentence);
  if (decoded->prefix != prefix) return refuse("it begins with \"" + decoded->prefix + "1\"");
  if (decoded->data.size() != size)
    return refuse("it holds " + std::to_string(decoded->data.size()) + " bytes instead of 32");
  return from_point(std::span<const std::byte, size>(decoded->data));
}

Result<X25519Recipient> X25519Recipient::from_point(std::span<const std::byte, size> point) {
  // A scalar is a multiple of the cofactor once it is clamped, so any one tells a low order.
  constexpr std::array<std::byte, size> any_scalar{};
  Key32 shared;
  if (!x25519(any_scalar, point, shared))
    return refuse("it is a point of low order, so that everybody could open what is sealed to it");
  return X25519Recipient(point);
}

std::string X25519Recipient::text() const {
  return bech32_encode(prefix, point_);
}

std::string X25519Recipient::fingerprint() const {
  const std::string digits = sha256(platform::as_bytes(text())).hex();
  return digits.substr(0, 4) + '-' + digits.substr(4, 4) + '-' + digits.substr(8, 4) + '-' +
         digits.substr(12, 4);
}

}  // namespace fieldnote::seal
