#include "seal/scrypt_stanza.hpp"

#include <charconv>

#include "platform/random.hpp"
#include "seal/base64.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view salt_label = "age-encryption.org/v1/scrypt";
constexpr std::size_t salt_size = 16;

Error refuse(std::string why) {
  return seal_error(SealError::bad_header, "scrypt stanza: " + std::move(why));
}

Key32 wrap_key(const SecretText& passphrase, ByteView salt, unsigned log_n) {
  const ByteView label = platform::as_bytes(salt_label);
  platform::Bytes labelled(label.begin(), label.end());
  labelled.insert(labelled.end(), salt.begin(), salt.end());
  return scrypt(passphrase.view(), labelled, log_n);
}

// The work factor's one spelling: ^[1-9][0-9]*$.
Result<unsigned> parse_log_n(std::string_view text, unsigned most) {
  if (text.empty() || text.front() < '1' || text.front() > '9' ||
      text.find_first_not_of("0123456789") != std::string_view::npos)
    return refuse("its work factor is no decimal number");
  unsigned log_n = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), log_n);
  if (parsed.ec != std::errc() || log_n > most)
    return refuse("its work factor is above 2^" + std::to_string(most) +
                  ", which would take more time and memory than a file may ask for");
  return log_n;
}

}  // namespace

Stanza wrap_to_passphrase(const FileKey& file_key, const SecretText& passphrase, unsigned log_n) {
  std::array<std::byte, salt_size> salt;
  platform::fill_random(salt);
  const auto wrapped = wrap_file_key(wrap_key(passphrase, salt, log_n), file_key);
  return {std::string(scrypt_type),
          {base64_encode(salt, Base64Padding::unpadded), std::to_string(log_n)},
          {wrapped.begin(), wrapped.end()}};
}

Result<std::optional<FileKey>> unwrap_with_passphrase(const Stanza& stanza,
                                                      const SecretText& passphrase,
                                                      unsigned max_log_n) {
  if (stanza.type != scrypt_type) return std::nullopt;
  if (stanza.arguments.size() != 2) return refuse("it must have two arguments");
  const auto salt = base64_decode(stanza.arguments[0], Base64Padding::unpadded);
  if (!salt) return refuse(salt.error().sentence);
  if (salt->size() != salt_size) return refuse("its salt must be 16 bytes");
  const auto log_n = parse_log_n(stanza.arguments[1], max_log_n);
  if (!log_n) return log_n.error();
  if (stanza.body.size() != wrapped_file_key_size) return refuse("its body must be 32 bytes");
  return unwrap_file_key(wrap_key(passphrase, *salt, *log_n),
                         std::span<const std::byte, wrapped_file_key_size>(stanza.body));
}

}  // namespace fieldnote::seal
