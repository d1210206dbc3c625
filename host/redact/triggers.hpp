// The places of a text at which rows without keywords are tried, found in one scan for each trigger
// that the characters of the text allow (README.md has the list). Linear.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "redact/detector.hpp"
#include "redact/normalised.hpp"

namespace fieldnote::redact {

// By trigger; ascending, and windows of one trigger do not overlap (of `iban` they may).
using Windows = std::array<std::vector<Range>, trigger_words.size()>;

// By trigger: the least bytes of a window that any row could use; `not_needed` where none is in
// play.
using LeastSizes = std::array<std::uint32_t, trigger_words.size()>;
inline constexpr std::uint32_t not_needed = std::numeric_limits<std::uint32_t>::max();

// Which characters of a text are letters or digits, digits, or may stand in a token: 64 a word.
struct CharacterMasks {
  std::uint64_t alphanumeric = 0, digit = 0, token = 0;
};

[[nodiscard]] std::size_t digits_in(const std::vector<CharacterMasks>& masks, Range range);

// `masks` is room that is used again; afterwards those of `text` are there.
void find_windows(std::string_view text, const LeastSizes& least,
                  std::vector<CharacterMasks>& masks, Windows& out);

}  // namespace fieldnote::redact
