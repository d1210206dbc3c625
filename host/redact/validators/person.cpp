// Contact and birth: addresses of electronic mail, dates, names.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"

namespace fieldnote::redact::validate {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// In whatever case; `words` are small.
bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return std::equal(word.begin(), word.end(), text.begin(), text.end(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b | 0x20 : b); });
  });
}

// Each label 1 to 63 of letters, digits and hyphens, none at an end (RFC 1035, 2.3.4); letters
// outside of ASCII are an internationalised name's.
bool is_domain(std::string_view domain) {
  if (domain.size() > 253) return false;
  std::size_t labels = 0;
  std::string_view last;
  while (!domain.empty()) {
    const auto end = std::min(domain.find('.'), domain.size());
    last = domain.substr(0, end);
    if (last.empty() || last.size() > 63 || last.front() == '-' || last.back() == '-') return false;
    for (const char c : last)
      if (!is_digit(c) && c != '-' && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
          static_cast<unsigned char>(c) < 0x80)
        return false;
    ++labels;
    if (end + 1 == domain.size()) return false;
    domain.remove_prefix(std::min(end + 1, domain.size()));
  }
  return labels >= 2 && last.size() >= 2 && !is_digit(last.front());
}

}  // namespace

// RFC 5321, 4.1.2: dot-string or quoted string @ domain.
bool email(std::string_view span) {
  const auto at = span.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64) return false;
  const auto local = span.substr(0, at);
  if (local.front() != '"' &&
      (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos))
    return false;
  return is_domain(span.substr(at + 1));
}

// In any order that is used: year first, or last; of two numbers either may be the month. 1900 to
// 2099.
bool calendar_date(std::string_view span) {
  std::array<std::int64_t, 3> numbers{};
  std::array<std::size_t, 3> digits{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < span.size(); ++i) {
    if (!is_digit(span[i])) continue;
    if (i == 0 || !is_digit(span[i - 1])) {
      if (count == numbers.size()) return false;
      ++count;
    }
    numbers[count - 1] = numbers[count - 1] * 10 + (span[i] - '0');
    if (++digits[count - 1] > 8) return false;
  }
  const auto in_range = [](std::int64_t year) { return year >= 1900 && year < 2100; };
  const auto either_order = [](std::int64_t year, std::int64_t a, std::int64_t b) {
    return day_exists(year, a, b) || day_exists(year, b, a);
  };
  if (count == 1 && digits[0] == 8) {
    const auto n = numbers[0];
    return (in_range(n / 10000) && day_exists(n / 10000, n / 100 % 100, n % 100)) ||
           (in_range(n % 10000) && either_order(n % 10000, n / 10000 % 100, n / 1000000));
  }
  if (count == 2) return in_range(numbers[1]) && numbers[0] >= 1 && numbers[0] <= 31;  // 3 May 1980
  if (count != 3) return false;
  if (digits[0] == 4) return in_range(numbers[0]) && day_exists(numbers[0], numbers[1], numbers[2]);
  if (digits[2] == 4)
    return in_range(numbers[2]) && either_order(numbers[2], numbers[0], numbers[1]);
  return digits[2] == 2 && digits[0] <= 2 &&
         (either_order(numbers[2], numbers[0], numbers[1]) ||
          day_exists(numbers[0], numbers[1], numbers[2]));
}

// The folder of a person, not one that every machine has.
bool name_of_user(std::string_view span) {
  constexpr auto shared = std::to_array<std::string_view>(
      {"administrator", "all users", "admin",    "app",      "build",   "ci",     "default",
       "default user",  "deploy",    "dev",      "ec2-user", "git",     "guest",  "jenkins",
       "node",          "postgres",  "public",   "root",     "runner",  "shared", "test",
       "ubuntu",        "user",      "username", "users",    "vagrant", "www",    "www-data"});
  return !is_one_of(span, shared);
}

// What follows an honorific: a name and not the next title.
bool name_not_title(std::string_view span) {
  constexpr auto titles = std::to_array<std::string_view>(
      {"dipl", "doctor", "dr", "frau", "herr", "ing", "mag", "med", "prof", "professor", "sir"});
  return !is_one_of(span, titles);
}

}  // namespace fieldnote::redact::validate
