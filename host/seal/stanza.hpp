// One recipient stanza of an age header: a type, arguments, and a body that carries the file key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/byte_stream.hpp"

namespace fieldnote::seal {

struct Stanza {
  std::string type;
  std::vector<std::string> arguments;
  platform::Bytes body;
};

// Body lines are 64 columns, of 48 bytes; the last is shorter, if need be empty.
inline constexpr std::size_t body_columns = 64;

// Appends the stanza as it stands in a header: its first line and the lines of its body.
void append_stanza(std::string& header, const Stanza& stanza);

// Reads the first line, `-> type argument...`; the body is left empty. Errors: `bad_header`.
[[nodiscard]] Result<Stanza> parse_stanza_line(std::string_view line);

}  // namespace fieldnote::seal
