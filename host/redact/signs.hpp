// Characters whose presence tells, before a pattern is run, whether it could match: one bit each.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace fieldnote::redact {

using Signs = std::uint16_t;

inline constexpr std::string_view sign_characters = "+(-./:@=,<_ ";
inline constexpr Signs letter_sign = 1U << sign_characters.size();
inline constexpr Signs all_signs = 2U * letter_sign - 1;

// The least signs that a text has in which a pattern matches: each of `all`, and one of `any` (0:
// none).
struct NeededSigns {
  Signs all = 0, any = 0;
  [[nodiscard]] constexpr bool are_in(Signs there) const {
    return (all & ~there) == 0 && (any == 0 || (any & there) != 0);
  }
};

inline constexpr std::array<Signs, 256> sign_table = [] {
  std::array<Signs, 256> table{};
  for (std::size_t i = 0; i < sign_characters.size(); ++i)
    table[static_cast<unsigned char>(sign_characters[i])] |= static_cast<Signs>(1U << i);
  // Some rows read an underscore as a blank.
  table['_'] |= table[' '];
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = letter_sign;
  return table;
}();

[[nodiscard]] inline Signs signs_in(std::string_view text) {
  Signs there = 0;
  for (const char c : text) there |= sign_table[static_cast<unsigned char>(c)];
  return there;
}

}  // namespace fieldnote::redact
