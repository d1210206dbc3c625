// The check digits that numbers share, over digits and capitals as Code gives them. Linear.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace fieldnote::redact::validate {

// 0-9 for digits, 10-35 for letters.
[[nodiscard]] constexpr int value_of(char c) {
  return c <= '9' ? c - '0' : c - 'A' + 10;
}

// The sum of each character's value times its weight; as many characters as there are weights.
[[nodiscard]] int weighted(std::string_view text, std::initializer_list<int> weights);

// The remainder of the whole as one number, a letter being two digits (ISO 13616).
[[nodiscard]] int remainder(std::string_view text, int modulus);

// ISO/IEC 7812-1 annex B, the last digit being the check digit; letters, where a number has some,
// count 10 to 35.
[[nodiscard]] bool luhn_holds(std::string_view digits);
// ISO/IEC 7064 hybrid system, MOD 11,10 over digits.
[[nodiscard]] bool mod_11_10_holds(std::string_view digits);
// ISO/IEC 7064 pure system MOD 11-2, X being ten.
[[nodiscard]] bool mod_11_2_holds(std::string_view digits);
// J. Verhoeff, Error Detecting Decimal Codes, 1969.
[[nodiscard]] bool verhoeff_holds(std::string_view digits);
// GS1 check digit: weights 3 and 1 from the right.
[[nodiscard]] bool gs1_holds(std::string_view digits);
// ICAO 9303 part 3, 4.9: weights 7, 3, 1. `<` counts as nothing.
[[nodiscard]] int weighted_731(std::string_view text);

[[nodiscard]] bool all_same(std::string_view text);

// Whether the Gregorian calendar has this day; a `year` of two digits may be of any century.
[[nodiscard]] bool day_exists(std::int64_t year, std::int64_t month, std::int64_t day);

}  // namespace fieldnote::redact::validate
