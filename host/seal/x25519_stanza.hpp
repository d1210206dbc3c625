// The X25519 stanza: the file key for the holder of an X25519 identity.
//   -> X25519 base64(ephemeral share)
//   base64(wrapped file key)
#pragma once

#include "seal/file_key.hpp"
#include "seal/stanza.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::seal {

// Each call draws an ephemeral key of its own, so that two stanzas cannot be linked.
[[nodiscard]] Stanza wrap_to_recipient(const FileKey& file_key, const X25519Recipient& recipient);

// The file key; nothing where the stanza is of another type or for somebody else. A stanza that is
// malformed, or whose share has a low order, is an error (`bad_header`): nobody wrote it in good
// faith.
[[nodiscard]] Result<std::optional<FileKey>> unwrap_with_identity(const Stanza& stanza,
                                                                  const X25519Identity& identity);

}  // namespace fieldnote::seal
