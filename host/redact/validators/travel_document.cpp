// Passports, identity cards and driving licences.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

bool checks_731(std::string_view text, char check) {
  return check >= '0' && check <= '9' && weighted_731(text) % 10 == check - '0';
}

}  // namespace

// ICAO 9303 parts 4 to 6: two lines of 44 or 36, three of 30. Document number, birth date and
// expiry are checked; lines stand apart by any white space.
bool machine_readable_zone(std::string_view span) {
  std::array<std::string, 3> lines;
  std::size_t count = 0;
  constexpr std::string_view blank = " \t\r\n";
  for (auto at = span.find_first_not_of(blank); at != std::string_view::npos;
       at = span.find_first_not_of(blank, at)) {
    const auto end = std::min(span.find_first_of(blank, at), span.size());
    if (count == lines.size()) return false;
    lines[count++] = span.substr(at, end - at);
    at = end;
  }
  for (std::size_t i = 0; i < count; ++i)
    for (const char c : lines[i])
      if (c != '<' && (c < '0' || c > '9') && (c < 'A' || c > 'Z')) return false;
  if (count == 2 && lines[0].size() == lines[1].size() &&
      (lines[1].size() == 44 || lines[1].size() == 36)) {
    const std::string_view second = lines[1];
    return checks_731(second.substr(0, 9), second[9]) &&
           checks_731(second.substr(13, 6), second[19]) &&
           checks_731(second.substr(21, 6), second[27]);
  }
  if (count == 3 && lines[0].size() == 30 && lines[1].size() == 30 && lines[2].size() == 30) {
    const std::string_view second = lines[1];
    return checks_731(second.substr(0, 6), second[6]) &&
           checks_731(second.substr(8, 6), second[14]);
  }
  return false;
}

// DVLA: five of the surname, decade of birth, month (women 50 more), day, year, initials, three
// more.
bool gb_driving_licence(std::string_view span) {
  const Code code(span);
  std::string text(code.text());
  if (text.size() != 16) return false;
  const auto name = text.find('9') < 5 ? text.find('9') : 5;  // short names are filled with 9
  for (std::size_t i = 0; i < 5; ++i)
    if (i < name ? text[i] <= '9' : text[i] != '9') return false;
  const Code rest(std::string_view(text).substr(5));
  if (rest.text(0, 6).find_first_not_of("0123456789") != std::string_view::npos) return false;
  const auto month = rest.number(1, 2) % 50;
  return name > 0 && month >= 1 && month <= 12 && rest.number(3, 2) >= 1 &&
         rest.number(3, 2) <= 31 && rest[6] > '8' && rest[9] > '9' && rest[10] > '9';
}

bool it_driving_licence(std::string_view span) {
  const Code code(span);
  return code.is("AA9999999A") || code.is("U1*9999999A");
}

}  // namespace fieldnote::redact::validate
