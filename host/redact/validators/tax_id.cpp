// Numbers for taxes, of persons and of companies; see national_id_europe.cpp.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

using Check = bool (*)(const Code&);

bool at_vat(const Code& code) {
  if (!code.is("U99999999")) return false;
  int sum = 4;
  for (std::size_t i = 1; i < 8; ++i) {
    const int product = code.digit(i) * (i % 2 == 0 ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return (10 - sum % 10) % 10 == code.digit(8);
}

bool be_vat(const Code& code) {
  return code.digits(10) && code[0] <= '1' && code.number(0, 8) > 0 &&
         97 - code.number(0, 8) % 97 == code.number(8, 2);
}

bool bg_vat(const Code& code) {
  if (code.digits(10)) return true;  // a person's number, of several kinds
  if (!code.digits(9)) return false;
  int check = weighted(code.text(0, 8), {1, 2, 3, 4, 5, 6, 7, 8}) % 11;
  if (check == 10) check = weighted(code.text(0, 8), {3, 4, 5, 6, 7, 8, 9, 10}) % 11 % 10;
  return check == code.digit(8);
}

bool cy_vat(const Code& code) {
  if (!code.is("99999999A")) return false;
  constexpr std::array odd{1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i)
    sum += i % 2 == 0 ? odd[static_cast<std::size_t>(code.digit(i))] : code.digit(i);
  return code[8] == 'A' + sum % 26;
}

bool cz_vat(const Code& code) {
  if (code.digits(9) || code.digits(10)) return cz_birth_number(code.text());
  if (!code.digits(8) || code[0] == '9') return false;
  const int check = (11 - weighted(code.text(0, 7), {8, 7, 6, 5, 4, 3, 2}) % 11) % 10;
  return (weighted(code.text(0, 7), {8, 7, 6, 5, 4, 3, 2}) % 11 == 0 ? 1 : check) == code.digit(7);
}

bool de_vat(const Code& code) {
  return code.digits(9) && code[0] != '0' && mod_11_10_holds(code.text());
}

bool dk_vat(const Code& code) {
  return code.digits(8) && code[0] != '0' &&
         weighted(code.text(), {2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool ee_vat(const Code& code) {
  return code.digits(9) && !all_same(code.text()) &&
         weighted(code.text(), {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0;
}

bool el_vat(const Code& code) {
  return code.digits(9) && !all_same(code.text()) &&
         weighted(code.text(0, 8), {256, 128, 64, 32, 16, 8, 4, 2}) % 11 % 10 == code.digit(8);
}

bool es_vat(const Code& code) {
  return es_dni(code.text()) || es_nie(code.text()) || es_cif(code.text());
}

bool fi_vat(const Code& code) {
  return code.digits(8) && !all_same(code.text()) &&
         weighted(code.text(), {7, 9, 10, 5, 8, 4, 2, 1}) % 11 == 0;
}

bool fr_vat(const Code& code) {
  if (code.size() != 11) return false;
  const Code siren(code.text(2, 9));
  if (!siren.digits(9)) return false;
  if (code[0] > '9' || code[1] > '9') return luhn_holds(siren.text());  // the newer keys
  return code.number(0, 2) == (12 + 3 * (siren.number(0, 9) % 97)) % 97;
}

bool gb_vat(const Code& code) {
  if (!code.digits(9) && !code.digits(12)) return false;
  const auto rest = (weighted(code.text(0, 7), {8, 7, 6, 5, 4, 3, 2}) + code.number(7, 2)) % 97;
  return !all_same(code.text()) && (rest == 0 || rest == 42);
}

bool hr_vat(const Code& code) {
  return hr_oib(code.text());
}

bool hu_vat(const Code& code) {
  return code.digits(8) && !all_same(code.text()) &&
         weighted(code.text(), {9, 7, 3, 1, 9, 7, 3, 1}) % 10 == 0;
}

bool ie_vat(const Code& code) {
  if (ie_pps(code.text())) return true;
  // The form before 2013: a letter in the second place.
  if (!code.is("9A99999A")) return false;
  return ie_pps("0" + std::string(code.text(2, 5)) + code[0] + code[7]);
}

bool it_vat(const Code& code) {
  return code.digits(11) && code.number(0, 7) > 0 && luhn_holds(code.text());
}

bool lt_vat(const Code& code) {
  if (!code.digits(9) && !code.digits(12)) return false;
  const std::size_t last = code.size() - 1;
  int first_sum = 0, second_sum = 0;
  for (std::size_t i = 0; i < last; ++i) {
    first_sum += code.digit(i) * static_cast<int>(1 + i % 9);
    second_sum += code.digit(i) * static_cast<int>(1 + (i + 2) % 9);
  }
  const int check = first_sum % 11 == 10 ? second_sum % 11 % 10 : first_sum % 11;
  return code[last - 1] == '1' && check == code.digit(last);
}

bool lu_vat(const Code& code) {
  return code.digits(8) && code.number(0, 6) % 89 == code.number(6, 2);
}

bool lv_vat(const Code& code) {
  if (!code.digits(11)) return false;
  if (code[0] <= '3') return lv_personal_code(code.text());
  return weighted(code.text(), {9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1}) % 11 == 3;
}

bool mt_vat(const Code& code) {
  return code.digits(8) && code[0] != '0' &&
         weighted(code.text(), {3, 4, 6, 7, 8, 9, 10, 1}) % 37 == 0;
}

bool nl_vat(const Code& code) {
  if (!code.is("999999999B99")) return false;
  return nl_bsn(code.text(0, 9)) || remainder("NL" + std::string(code.text()), 97) == 1;
}

bool pl_vat(const Code& code) {
  return pl_nip(code.text());
}

bool pt_vat(const Code& code) {
  return pt_nif(code.text());
}

bool ro_vat(const Code& code) {
  if (code.size() < 4 || code.size() > 10 || !code.digits(code.size()) || code[0] == '0')
    return false;
  constexpr std::array weights{2, 3, 5, 7, 1, 2, 3, 5, 7};  // from the right, after the check digit
  int sum = 0;
  for (std::size_t i = 0; i + 1 < code.size(); ++i)
    sum += weights[i] * code.digit(code.size() - 2 - i);
  return sum * 10 % 11 % 10 == code.digit(code.size() - 1);
}

bool se_vat(const Code& code) {
  return code.digits(12) && code.text(10, 2) == "01" && luhn_holds(code.text(0, 10));
}

bool si_vat(const Code& code) {
  if (!code.digits(8) || code[0] == '0') return false;
  const int check = 11 - weighted(code.text(0, 7), {8, 7, 6, 5, 4, 3, 2}) % 11;
  return (check == 10 ? 0 : check) == code.digit(7);
}

bool sk_vat(const Code& code) {
  return code.digits(10) && code[0] != '0' && code.number(0, 10) % 11 == 0;
}

constexpr auto members = std::to_array<std::pair<std::string_view, Check>>({
    {"AT", at_vat}, {"BE", be_vat}, {"BG", bg_vat}, {"CY", cy_vat}, {"CZ", cz_vat}, {"DE", de_vat},
    {"DK", dk_vat}, {"EE", ee_vat}, {"EL", el_vat}, {"ES", es_vat}, {"FI", fi_vat}, {"FR", fr_vat},
    {"GB", gb_vat}, {"HR", hr_vat}, {"HU", hu_vat}, {"IE", ie_vat}, {"IT", it_vat}, {"LT", lt_vat},
    {"LU", lu_vat}, {"LV", lv_vat}, {"MT", mt_vat}, {"NL", nl_vat}, {"PL", pl_vat}, {"PT", pt_vat},
    {"RO", ro_vat}, {"SE", se_vat}, {"SI", si_vat}, {"SK", sk_vat}, {"XI", gb_vat},
});

}  // namespace

bool eu_vat(std::string_view span) {
  const Code code(span);
  if (code.size() < 6) return false;
  for (const auto& [prefix, holds] : members)
    if (code.text(0, 2) == prefix) return holds(Code(code.text(2, code.size())));
  return false;
}

bool ch_uid(std::string_view span) {
  const Code code(span);
  if (code.size() < 12 || !code.text().starts_with("CHE")) return false;
  const Code number(code.text(3, 9));
  return number.digits(9) &&
         11 - weighted(number.text(0, 8), {5, 4, 3, 2, 7, 6, 5, 4}) % 11 == number.digit(8);
}

bool au_abn(std::string_view span) {
  const Code code(span);
  return code.digits(11) && code[0] != '0' &&
         (weighted(code.text(), {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10) % 89 == 0;
}

bool au_tfn(std::string_view span) {
  const Code code(span);
  return code.digits(9) && !all_same(code.text()) &&
         weighted(code.text(), {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0;
}

bool br_cnpj(std::string_view span) {
  const Code code(span);
  if (code.size() != 14 || all_same(code.text()) || code[12] > '9' || code[13] > '9') return false;
  // With letters since 2026; they count as their ASCII code less 48.
  const auto check = [&](std::size_t count) {
    int sum = 0;
    for (std::size_t i = 0; i < count; ++i)
      sum += (code[i] - '0') * static_cast<int>(2 + (count - 1 - i) % 8);
    return sum % 11 < 2 ? 0 : 11 - sum % 11;
  };
  return check(12) == code.digit(12) && check(13) == code.digit(13);
}

bool cn_uscc(std::string_view span) {
  const Code code(span);
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (code.size() != 18 || span.size() != 18) return false;
  constexpr std::array weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  int sum = 0;
  for (std::size_t i = 0; i < 18; ++i) {
    const auto value = alphabet.find(code[i]);
    if (value == std::string_view::npos || (i >= 2 && i < 8 && value > 9)) return false;
    if (i < weights.size()) sum += weights[i] * static_cast<int>(value);
  }
  return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)] == code[17];
}

bool co_nit(std::string_view span) {
  const Code code(span);
  if (code.size() < 8 || code.size() > 16 || !code.digits(code.size())) return false;
  constexpr std::array weights{3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
  int sum = 0;
  for (std::size_t i = 0; i + 1 < code.size(); ++i)
    sum += weights[i] * code.digit(code.size() - 2 - i);
  return "01987654321"[sum % 11] == code[code.size() - 1];
}

bool es_cif(std::string_view span) {
  const Code code(span);
  if (!code.is("A9999999*") ||
      std::string_view("ABCDEFGHJNPQRSUVW").find(code[0]) == std::string_view::npos)
    return false;
  const int check = (10 - weighted(code.text(1, 7), {0, 1, 0, 1, 0, 1, 0}) % 10) % 10;
  int doubled = 0;
  for (std::size_t i = 1; i < 8; i += 2) doubled += 2 * code.digit(i) / 10 + 2 * code.digit(i) % 10;
  const int digit = ((check - doubled) % 10 + 10) % 10;
  return code[8] == '0' + digit || code[8] == "JABCDEFGHI"[digit];
}

bool fr_siren(std::string_view span) {
  const Code code(span);
  return (code.digits(9) || code.digits(14)) && !all_same(code.text()) && luhn_holds(code.text());
}

bool gb_utr(std::string_view span) {
  const Code code(span);
  return code.digits(10) &&
         "21987654321"[weighted(code.text(1, 9), {6, 7, 8, 9, 10, 5, 4, 3, 2}) % 11] == code[0];
}

bool in_gstin(std::string_view span) {
  const Code code(span);
  if (code.size() != 15 || code[0] > '3' || code[1] > '9' || code[13] != 'Z' ||
      !in_pan(code.text(2, 10)))
    return false;
  int sum = 0;
  for (std::size_t i = 0; i < 14; ++i) {
    const int product = value_of(code[i]) * (i % 2 == 0 ? 1 : 2);
    sum += product / 36 + product % 36;
  }
  return (36 - sum % 36) % 36 == value_of(code[14]);
}

bool it_vat_number(std::string_view span) {
  return it_vat(Code(span));
}

bool mx_rfc(std::string_view span) {
  const Code code(span);
  const bool person = code.is("AAAA999999***");
  if (!person && !code.is("AAA999999***")) return false;
  const std::size_t at = person ? 4 : 3;
  return day_exists(code.number(at, 2), code.number(at + 2, 2), code.number(at + 4, 2)) &&
         (code[code.size() - 1] <= '9' || code[code.size() - 1] == 'A');
}

bool no_organisation(std::string_view span) {
  const Code code(span);
  return code.digits(9) && (code[0] == '8' || code[0] == '9') &&
         weighted(code.text(), {3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool nz_ird(std::string_view span) {
  const Code code(span);
  if (!code.digits(8) && !code.digits(9)) return false;
  const Code number(std::string(9 - code.size(), '0').append(code.text()));
  if (number.number(0, 9) < 10'000'000 || number.number(0, 9) > 150'000'000) return false;
  int check = (11 - weighted(number.text(0, 8), {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  if (check == 10) check = (11 - weighted(number.text(0, 8), {7, 4, 3, 2, 5, 2, 7, 6}) % 11) % 11;
  return check == number.digit(8);
}

bool pl_nip(std::string_view span) {
  const Code code(span);
  return code.digits(10) && code[0] != '0' &&
         weighted(code.text(), {6, 5, 7, 2, 3, 4, 5, 6, 7, -1}) % 11 == 0;
}

bool pl_regon(std::string_view span) {
  const Code code(span);
  if (code.digits(9))
    return weighted(code.text(0, 8), {8, 9, 2, 3, 4, 5, 6, 7}) % 11 % 10 == code.digit(8);
  return code.digits(14) &&
         weighted(code.text(0, 13), {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8}) % 11 % 10 ==
             code.digit(13);
}

bool pt_nif(std::string_view span) {
  const Code code(span);
  if (!code.digits(9) || code[0] == '0' || code[0] == '4') return false;
  const int check = 11 - weighted(code.text(0, 8), {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return (check > 9 ? 0 : check) == code.digit(8);
}

bool ru_inn(std::string_view span) {
  const Code code(span);
  if (all_same(code.text())) return false;
  if (code.digits(10))
    return weighted(code.text(0, 9), {2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == code.digit(9);
  return code.digits(12) &&
         weighted(code.text(0, 10), {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == code.digit(10) &&
         weighted(code.text(0, 11), {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == code.digit(11);
}

bool tr_vkn(std::string_view span) {
  const Code code(span);
  if (!code.digits(10) || all_same(code.text())) return false;
  int sum = 0;
  for (int i = 0; i < 9; ++i) {
    const int shifted = (code.digit(static_cast<std::size_t>(i)) + 9 - i) % 10;
    int power = 1;
    for (int n = 0; n < 9 - i; ++n) power = power * 2 % 9;
    const int term = shifted * power % 9;
    sum += shifted != 0 && term == 0 ? 9 : term;
  }
  return (10 - sum % 10) % 10 == code.digit(9);
}

bool us_ein(std::string_view span) {
  const Code code(span);
  if (!code.digits(9)) return false;
  constexpr std::array unused{0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97};
  return std::find(unused.begin(), unused.end(), code.number(0, 2)) == unused.end();
}

}  // namespace fieldnote::redact::validate
