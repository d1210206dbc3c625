// The header of an age v1 file (age-encryption.org/v1, "Header"):
//   age-encryption.org/v1
//   -> type argument...            one stanza or more
//   base64 body
//   --- base64(MAC)
// Lines end with LF and nothing else, and every header has exactly one text: what is read and
// written again is the same bytes.
#pragma once

#include <string>
#include <vector>

#include "seal/buffered_source.hpp"
#include "seal/file_key.hpp"
#include "seal/stanza.hpp"

namespace fieldnote::seal {

// The specification has no limits; these keep a header from taking memory before anything in it
// could be authenticated. A post-quantum stanza's line has about 1,500 bytes.
inline constexpr std::size_t max_header_size = 1 << 20;
inline constexpr std::size_t max_header_line = 4096;

struct Header {
  std::vector<Stanza> stanzas;
  HeaderMac mac{};
  // The very bytes that were read, from the start through `---`: what the MAC is over.
  std::string authenticated;
};

// Reads a header from where `source` stands and leaves it at the payload. Nothing in it is
// authenticated yet. Errors: `bad_header`, with the line.
[[nodiscard]] Result<Header> read_header(BufferedSource& source);

// Refuses (`bad_mac`) a header that was not written by who knew `file_key`.
[[nodiscard]] Result<void> authenticate(const Header& header, const FileKey& file_key);

[[nodiscard]] std::string header_text(const std::vector<Stanza>& stanzas, const FileKey& file_key);

}  // namespace fieldnote::seal
