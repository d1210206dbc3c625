// The places of a text at which rows without keywords are tried, found in one scan for each trigger
// that the characters of the text allow (README.md has the list). Linear.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "redact/detector.hpp"
#include "redact/normalised.hpp"

namespace fieldnote::redact {

// By trigger; ascending, and windows of one trigger do not overlap (of `iban` they may).
using Windows = std::array<std::vector<Range>, trigger_words.size()>;

void find_windows(std::string_view text, Windows& out);

}  // namespace fieldnote::redact
