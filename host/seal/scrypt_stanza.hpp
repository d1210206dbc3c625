// The scrypt stanza: the file key for who knows a passphrase. It must be the only one in its
// header, so that its sealer is known to be one who knew the passphrase.
//   -> scrypt base64(salt) logN
//   base64(wrapped file key)
#pragma once

#include "seal/file_key.hpp"
#include "seal/stanza.hpp"

namespace fieldnote::seal {

inline constexpr std::string_view scrypt_type = "scrypt";

[[nodiscard]] Stanza wrap_to_passphrase(const FileKey& file_key, const SecretText& passphrase,
                                        unsigned log_n);

// The file key; nothing where the stanza is of another type or the passphrase is wrong. A stanza
// that is malformed or asks for more work than 2^`max_log_n` is an error (`bad_header`).
[[nodiscard]] Result<std::optional<FileKey>> unwrap_with_passphrase(const Stanza& stanza,
                                                                    const SecretText& passphrase,
                                                                    unsigned max_log_n);

}  // namespace fieldnote::seal
