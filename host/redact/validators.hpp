// Checks that a text of the right form is what it looks like: check digits, structure, numbering
// plans. Each sees the span that a detector found, normalised (NFKC, ASCII digits), with whatever
// separators stand in it, and is linear. A detector names its validator; an unknown name stops the
// build. One family a file in validators/.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace fieldnote::redact {

using Validator = bool (*)(std::string_view span);

// By name, sorted.
[[nodiscard]] std::span<const std::pair<std::string_view, Validator>> validators();

// nullptr where there is none of that name.
[[nodiscard]] Validator validator_named(std::string_view name);

namespace validate {

// ISO/IEC 7812 check digit over the digits of the span, 12 to 19 of them, not all the same.
[[nodiscard]] bool luhn(std::string_view span);

}  // namespace validate
}  // namespace fieldnote::redact
