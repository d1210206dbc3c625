// Base64 (RFC 4648, section 4), strict: every byte string has exactly one text, and every other
// text is refused. Crypto++'s own decoder skips what it does not know, which would let two
// different headers mean the same.
#pragma once

#include <string>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

using platform::Bytes;
using platform::ByteView;

enum class Base64Padding {
  padded,    // '=' up to a multiple of four, as in PEM
  unpadded,  // no '=' at all, as in an age header
};

[[nodiscard]] std::string base64_encode(ByteView bytes, Base64Padding padding);

// Refuses (`bad_base64`) characters outside the alphabet, white space among them, padding where
// there must be none or the other way round, an impossible length, and trailing bits that are not
// zero. Not in constant time: secrets do not travel as base64 here.
[[nodiscard]] Result<Bytes> base64_decode(std::string_view text, Base64Padding padding);

}  // namespace fieldnote::seal
