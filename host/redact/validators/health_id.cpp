// Numbers of patients, insured persons and those who treat them; see national_id_europe.cpp.
#include <array>
#include <string>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {

bool au_medicare(std::string_view span) {
  const Code code(span);
  return (code.digits(10) || code.digits(11)) && code[0] >= '2' && code[0] <= '6' &&
         weighted(code.text(0, 8), {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == code.digit(8);
}

bool ca_health_card(std::string_view span) {
  // Ontario; ten digits, maybe a version of two letters.
  const Code code(span);
  if (!code.digits(10) && !code.is("9999999999AA")) return false;
  return code[0] != '0' && luhn_holds(code.text(0, 10));
}

bool de_health_insurance(std::string_view span) {
  const Code code(span);
  if (!code.is("A999999999")) return false;
  const int letter = code[0] - 'A' + 1;
  const std::array digits{letter / 10,   letter % 10,   code.digit(1), code.digit(2),
                          code.digit(3), code.digit(4), code.digit(5), code.digit(6),
                          code.digit(7), code.digit(8)};
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int product = digits[i] * (i % 2 == 0 ? 1 : 2);
    sum += product / 10 + product % 10;
  }
  return sum % 10 == code.digit(9);
}

bool eu_health_card(std::string_view span) {
  const Code code(span);
  return code.digits(20) && code.text().starts_with("80");
}

bool gb_chi(std::string_view span) {
  const Code code(span);
  return code.digits(10) && day_exists(code.number(4, 2), code.number(2, 2), code.number(0, 2)) &&
         gb_nhs(span);
}

bool gb_nhs(std::string_view span) {
  const Code code(span);
  return code.digits(10) && !all_same(code.text()) &&
         weighted(code.text(), {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool hu_taj(std::string_view span) {
  const Code code(span);
  return code.digits(9) && !all_same(code.text()) &&
         weighted(code.text(0, 8), {3, 7, 3, 7, 3, 7, 3, 7}) % 10 == code.digit(8);
}

bool nz_nhi(std::string_view span) {
  const Code code(span);
  if (!code.is("AAA9999") && !code.is("AAA99A9") && !code.is("AAA99AA")) return false;
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  constexpr std::array weights{7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto letter = letters.find(code[i]);
    if (code[i] > '9' && letter == std::string_view::npos) return false;
    sum += weights[i] * (code[i] > '9' ? static_cast<int>(letter) + 1 : code.digit(i));
  }
  if (code[6] <= '9') {
    const int rest = sum % 11;
    return rest != 0 && (11 - rest) % 10 == code.digit(6);
  }
  const auto last = letters.find(code[6]);
  return last != std::string_view::npos && 24 - sum % 24 == static_cast<int>(last) + 1;
}

bool us_dea(std::string_view span) {
  const Code code(span);
  if (!code.is("A*9999999")) return false;
  return weighted(code.text(2, 6), {1, 2, 1, 2, 1, 2}) % 10 == code.digit(8);
}

// Medicare beneficiary identifier: the letters leave out S L O I B Z (CMS, 2017).
bool us_mbi(std::string_view span) {
  const Code code(span);
  constexpr std::string_view kinds = "9A*9A*9AA99", letters = "ACDEFGHJKMNPQRTUVWXY";
  if (code.size() != kinds.size() || code[0] == '0') return false;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const bool digit = code[i] <= '9', letter = letters.find(code[i]) != std::string_view::npos;
    if (kinds[i] == '9' ? !digit : kinds[i] == 'A' ? !letter : !digit && !letter) return false;
  }
  return true;
}

bool us_npi(std::string_view span) {
  const Code code(span);
  return code.digits(10) && (code[0] == '1' || code[0] == '2') &&
         luhn_holds("80840" + std::string(code.text()));
}

}  // namespace fieldnote::redact::validate
