// Networks, devices and vehicles.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

template <int family, std::size_t most>
bool parses(std::string_view span) {
  std::array<char, most + 1> text{};
  if (span.size() > most) return false;
  std::copy(span.begin(), span.end(), text.begin());
  std::array<std::uint8_t, 16> address{};
  return inet_pton(family, text.data(), address.data()) == 1;
}

}  // namespace

bool ipv4(std::string_view span) {
  return parses<AF_INET, 15>(span);
}

bool ipv6(std::string_view span) {
  // "::" and "::1" are of no one; two colons also stand in code.
  constexpr std::size_t least_colons = 2, least_digits = 4;
  std::size_t colons = 0, digits = 0;
  for (const char c : span) (c == ':' ? colons : digits) += 1;
  return colons >= least_colons && digits >= least_digits && parses<AF_INET6, 45>(span);
}

bool mac_address(std::string_view span) {
  const Code code(span);
  if (code.size() != 12) return false;
  for (const char c : code.text())
    if (c > 'F') return false;
  return !all_same(code.text());
}

bool imei(std::string_view span) {
  const Code code(span);
  if (code.digits(16)) return !all_same(code.text());  // IMEISV has no check digit
  return code.digits(15) && !all_same(code.text()) && luhn_holds(code.text());
}

bool iccid(std::string_view span) {
  const Code code(span);
  return (code.digits(19) || code.digits(20)) && code.text().starts_with("89") &&
         luhn_holds(code.text());
}

bool vin_form(std::string_view span) {
  const Code code(span);
  if (code.size() != 17 || span.size() != 17) return false;
  int letters = 0;
  for (const char c : code.text()) {
    if (c == 'I' || c == 'O' || c == 'Q') return false;
    letters += c > '9' ? 1 : 0;
  }
  // ISO 3779: the last four are digits.
  return letters >= 3 && code.text(13, 4).find_first_not_of("0123456789") == std::string_view::npos;
}

bool vin(std::string_view span) {
  if (!vin_form(span)) return false;
  constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ",
                             values = "12345678123457923456789";
  constexpr std::array weights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  const Code code(span);
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const char c = code[i];
    sum += weights[i] * (c <= '9' ? c - '0' : values[letters.find(c)] - '0');
  }
  const char check = sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11);
  return code[8] == check;
}

bool coordinates(std::string_view span) {
  const auto comma = span.find_first_of(",;");
  if (comma == std::string_view::npos) return false;
  // How many decimals, where it is a number with some.
  const auto decimals = [](std::string_view text, int most) -> std::size_t {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    const auto point = text.find('.');
    if (point == 0 || point == std::string_view::npos || point > 3) return 0;
    int whole = 0;
    for (const char c : text.substr(0, point)) {
      if (c < '0' || c > '9') return 0;
      whole = 10 * whole + (c - '0');
    }
    const auto fraction = text.substr(point + 1);
    const bool number = fraction.find_first_not_of("0123456789") == std::string_view::npos;
    return number && whole <= most ? fraction.size() : 0;
  };
  const auto first = decimals(span.substr(0, comma), 90),
             second = decimals(span.substr(comma + 1), 180);
  // Two prices have two decimals each.
  return first >= 2 && second >= 2 && first + second >= 6 && first <= 16 && second <= 16;
}

}  // namespace fieldnote::redact::validate
