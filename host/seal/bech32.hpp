// Bech32 (BIP 173, final constant 1; not Bech32m) without its limit of 90 characters, as age uses
// it for keys: a prefix that says what it is, '1', the data in groups of five bits, a checksum.
#pragma once

#include <string>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

using platform::Bytes;
using platform::ByteView;

struct Bech32 {
  std::string prefix;  // in the case it was written in
  Bytes data;
};

// The whole text is in the case of `prefix`, which must be of one case and not empty; the checksum
// is computed over lower case. The text may be a secret: wiping it is for the caller.
[[nodiscard]] std::string bech32_encode(std::string_view prefix, ByteView data);

// Refuses (`bad_bech32`) mixed case, characters outside the alphabet, a wrong checksum, and data
// that is no whole number of bytes padded with zero bits. The sentence does not quote the text.
[[nodiscard]] Result<Bech32> bech32_decode(std::string_view text);

}  // namespace fieldnote::seal
