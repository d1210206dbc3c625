// Where in a JSON text the value lies that a JSON pointer names: looked for only when there is
// something to complain of.
#pragma once

#include <cstddef>
#include <string_view>

namespace fieldnote::policy {

// From 1; columns count bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

[[nodiscard]] Position position_of(std::string_view text, std::size_t offset);

// `pointer` as RFC 6901; `text` is JSON that parses, comments allowed. For a member the place of
// its value.
[[nodiscard]] Position locate(std::string_view text, std::string_view pointer);

}  // namespace fieldnote::policy
