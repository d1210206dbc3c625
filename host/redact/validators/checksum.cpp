#include "redact/validators/checksum.hpp"

#include <array>
#include <cstddef>

namespace fieldnote::redact::validate {

int weighted(std::string_view text, std::initializer_list<int> weights) {
  int sum = 0;
  std::size_t i = 0;
  for (const int weight : weights) sum += weight * value_of(text[i++]);
  return sum;
}

int remainder(std::string_view text, int modulus) {
  int rest = 0;
  for (const char c : text) {
    const int value = value_of(c);
    rest = (rest * (value > 9 ? 100 : 10) + value) % modulus;
  }
  return rest;
}

bool luhn_holds(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int digit = value_of(digits[i]);
    sum += !twice ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 == 0;
}

bool mod_11_10_holds(std::string_view digits) {
  int product = 10;
  for (const char c : digits.substr(0, digits.size() - 1)) {
    const int sum = (product + value_of(c)) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (product + value_of(digits.back())) % 10 == 1;
}

bool mod_11_2_holds(std::string_view digits) {
  int rest = 0;
  for (const char c : digits) rest = (rest * 2 + (c == 'X' ? 10 : value_of(c))) % 11;
  return rest == 1;
}

bool verhoeff_holds(std::string_view digits) {
  constexpr std::array<std::array<int, 10>, 10> product{{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                         {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
                                                         {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
                                                         {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
                                                         {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
                                                         {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
                                                         {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
                                                         {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
                                                         {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
                                                         {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}}};
  constexpr std::array<std::array<int, 10>, 8> permuted{{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                         {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
                                                         {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
                                                         {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                                                         {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
                                                         {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
                                                         {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
                                                         {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}}};
  std::size_t check = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto digit = static_cast<std::size_t>(value_of(digits[digits.size() - 1 - i]));
    check = static_cast<std::size_t>(
        product[check][static_cast<std::size_t>(permuted[i % permuted.size()][digit])]);
  }
  return check == 0;
}

bool gs1_holds(std::string_view digits) {
  int sum = 0, weight = 1;
  for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight)
    sum += weight * value_of(digits[i]);
  return sum % 10 == 0;
}

int weighted_731(std::string_view text) {
  constexpr std::array weights{7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '<') sum += weights[i % weights.size()] * value_of(text[i]);
  return sum;
}

bool all_same(std::string_view text) {
  return text.find_first_not_of(text.substr(0, 1)) == std::string_view::npos;
}

bool day_exists(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (month < 1 || month > 12 || day < 1) return false;
  constexpr std::array days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (day > days[static_cast<std::size_t>(month - 1)]) return false;
  if (month != 2 || day < 29 || year < 100) return true;
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

}  // namespace fieldnote::redact::validate
