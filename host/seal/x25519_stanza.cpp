#include "seal/x25519_stanza.hpp"

#include <algorithm>
#include <stdexcept>

#include "platform/random.hpp"
#include "seal/base64.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view type = "X25519";
constexpr std::string_view wrap_label = "age-encryption.org/v1/X25519";
constexpr std::size_t point_size = X25519Recipient::size;

Error refuse(std::string why) {
  return seal_error(SealError::bad_header, "X25519 stanza: " + std::move(why));
}

Key32 wrap_key(const Key32& shared, std::span<const std::byte, point_size> share,
               const X25519Recipient& recipient) {
  std::array<std::byte, 2 * point_size> salt;
  std::copy(share.begin(), share.end(), salt.begin());
  std::copy(recipient.point().begin(), recipient.point().end(), salt.begin() + point_size);
  return hkdf_sha256(shared.bytes(), salt, wrap_label);
}

}  // namespace

Stanza wrap_to_recipient(const FileKey& file_key, const X25519Recipient& recipient) {
  // An identity nobody keeps: its text is the stanza's share.
  const X25519Identity ephemeral = X25519Identity::generate();
  const auto share = ephemeral.recipient().point();
  Key32 shared;
  if (!x25519(ephemeral.scalar(), recipient.point(), shared))
    throw std::logic_error("X25519Recipient let a point of low order through");
  const auto wrapped = wrap_file_key(wrap_key(shared, share, recipient), file_key);
  return {std::string(type),
          {base64_encode(share, Base64Padding::unpadded)},
          {wrapped.begin(), wrapped.end()}};
}

Result<std::optional<FileKey>> unwrap_with_identity(const Stanza& stanza,
                                                    const X25519Identity& identity) {
  if (stanza.type != type) return std::nullopt;
  if (stanza.arguments.size() != 1) return refuse("it must have one argument");
  const auto share = base64_decode(stanza.arguments.front(), Base64Padding::unpadded);
  if (!share) return refuse(share.error().sentence);
  if (share->size() != point_size) return refuse("its share must be 32 bytes");
  // Before decrypting: a longer body can be made to open under many keys at once, and so tell who
  // made it which of them is ours (a partitioning oracle).
  if (stanza.body.size() != wrapped_file_key_size) return refuse("its body must be 32 bytes");

  const std::span<const std::byte, point_size> point(*share);
  Key32 shared;
  if (!x25519(identity.scalar(), point, shared))
    return refuse("its share is a point of low order, so it was made to be opened by anybody");
  return unwrap_file_key(wrap_key(shared, point, identity.recipient()),
                         std::span<const std::byte, wrapped_file_key_size>(stanza.body));
}

}  // namespace fieldnote::seal
