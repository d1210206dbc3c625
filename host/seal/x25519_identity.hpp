// Who can open a file: an age X25519 secret key, `AGE-SECRET-KEY-1...`.
#pragma once

#include <string_view>
#include <vector>

#include "seal/secret.hpp"
#include "seal/x25519_recipient.hpp"

namespace fieldnote::seal {

class X25519Identity {
 public:
  static constexpr std::size_t size = 32;

  [[nodiscard]] static X25519Identity generate();
  // Refuses (`bad_key`) what is not Bech32 with the prefix `AGE-SECRET-KEY-`, in upper case, and
  // 32 bytes. The sentence does not quote the text.
  [[nodiscard]] static Result<X25519Identity> parse(std::string_view text);

  [[nodiscard]] SecretText text() const;
  [[nodiscard]] const X25519Recipient& recipient() const { return recipient_; }
  [[nodiscard]] std::span<const std::byte, size> scalar() const { return scalar_.bytes(); }

 private:
  X25519Identity(Secret<size> scalar, const X25519Recipient& recipient);
  [[nodiscard]] static X25519Identity from_scalar(Secret<size> scalar);
  Secret<size> scalar_;
  X25519Recipient recipient_;
};

// A key file as `age-keygen` writes it: one identity a line, `#` begins a comment line, empty
// lines are skipped. Refuses a line that is no identity, by its number and without quoting it, and
// a file without any.
[[nodiscard]] Result<std::vector<X25519Identity>> parse_identities(std::string_view text);

}  // namespace fieldnote::seal
