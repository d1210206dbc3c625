// Numbers that European states give to persons. Where check digits are a state's own, the weights
// stand here as that state publishes them; held against stdnum 1.12 (npm, MIT), 2026-11-24.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

bool day_month_year(const Code& code, std::size_t at, std::int64_t most_extra_day = 0) {
  const auto day = code.number(at, 2);
  return day_exists(code.number(at + 4, 2), code.number(at + 2, 2),
                    day > most_extra_day ? day - most_extra_day : day);
}

// A month carries the century: 20, 40 and so on are added to it.
bool year_month_day(const Code& code, std::size_t at, std::int64_t century_step = 100) {
  return day_exists(code.number(at, 2), code.number(at + 2, 2) % century_step,
                    code.number(at + 4, 2));
}

// Estonia and Lithuania.
bool baltic(std::string_view span) {
  const Code code(span);
  if (!code.digits(11) || code[0] < '1' || code[0] > '8' || !year_month_day(code, 1)) return false;
  int check = weighted(code.text(0, 10), {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
  if (check == 10) check = weighted(code.text(0, 10), {3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11 % 10;
  return check == code.digit(10);
}

bool spanish_letter(std::int64_t number, char letter) {
  return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == letter;
}

}  // namespace

bool at_social_insurance(std::string_view span) {
  const Code code(span);
  if (!code.digits(10) || code[0] == '0' || code.number(4, 2) > 31 || code.number(4, 2) == 0)
    return false;
  return weighted(code.text(), {3, 7, 9, 0, 5, 8, 4, 2, 1, 6}) % 11 == code.digit(3);
}

bool be_national_number(std::string_view span) {
  const Code code(span);
  if (!code.digits(11)) return false;
  const auto month = code.number(2, 2) % 20;  // a number given before registration adds 20 or 40
  if (month > 12 || code.number(4, 2) > 31) return false;
  const auto check = code.number(9, 2);
  return 97 - code.number(0, 9) % 97 == check ||
         97 - (2'000'000'000 + code.number(0, 9)) % 97 == check;
}

bool bg_egn(std::string_view span) {
  const Code code(span);
  return code.digits(10) && year_month_day(code, 0, 20) &&
         weighted(code.text(0, 9), {2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10 == code.digit(9);
}

bool ch_ahv(std::string_view span) {
  const Code code(span);
  return code.digits(13) && code.text().starts_with("756") && gs1_holds(code.text());
}

bool cz_birth_number(std::string_view span) {
  const Code code(span);
  if (!code.digits(9) && !code.digits(10)) return false;
  const auto month = code.number(2, 2) % 50 % 20;  // women 50, overflow 20
  if (!day_exists(code.number(0, 2), month, code.number(4, 2))) return false;
  if (code.size() == 9) return code.number(0, 2) < 54 && code.number(6, 3) != 0;
  return code.number(0, 9) % 11 % 10 == code.digit(9);
}

bool de_tax_id(std::string_view span) {
  const Code code(span);
  if (!code.digits(11) || code[0] == '0') return false;
  // Of the first ten digits one stands there twice or three times, and the others once.
  // sure.
  std::array<int, 10> count{};
  for (std::size_t i = 0; i < 10; ++i) ++count[static_cast<std::size_t>(code.digit(i))];
  const auto most = *std::max_element(count.begin(), count.end());
  const auto unused = std::count(count.begin(), count.end(), 0);
  return ((most == 2 && unused == 1) || (most == 3 && unused == 2)) && mod_11_10_holds(code.text());
}

bool de_pension_number(std::string_view span) {
  const Code code(span);
  if (!code.is("99999999A999") || code.number(2, 2) > 81 || code.number(4, 2) > 12) return false;
  const int letter = code[8] - 'A' + 1;
  const std::array digits{code.digit(0), code.digit(1), code.digit(2), code.digit(3),
                          code.digit(4), code.digit(5), code.digit(6), code.digit(7),
                          letter / 10,   letter % 10,   code.digit(9), code.digit(10)};
  constexpr std::array weights{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int product = digits[i] * weights[i];
    sum += product / 10 + product % 10;
  }
  return sum % 10 == code.digit(11);
}

bool de_document_number(std::string_view span) {
  const Code code(span);
  if (code.size() != 10 || code[9] > '9') return false;
  if (code.text().find_first_not_of("0123456789CFGHJKLMNPRTVWXYZ") != std::string_view::npos)
    return false;
  return std::string_view("CFGHJKLMNPRTVWXYZ").find(code[0]) != std::string_view::npos &&
         weighted_731(code.text(0, 9)) % 10 == code.digit(9);
}

bool dk_cpr(std::string_view span) {
  const Code code(span);
  return code.digits(10) && day_month_year(code, 0);  // since 2007 without a check digit
}

bool ee_personal_code(std::string_view span) {
  return baltic(span);
}

bool es_dni(std::string_view span) {
  const Code code(span);
  return code.is("99999999A") && spanish_letter(code.number(0, 8), code[8]);
}

bool es_nie(std::string_view span) {
  const Code code(span);
  if (code.is("A9999999A") && code[0] >= 'K' && code[0] <= 'M')
    return spanish_letter(code.number(1, 7), code[8]);  // minors and residents abroad
  return code.is("A9999999A") && code[0] >= 'X' &&
         spanish_letter((code[0] - 'X') * 10'000'000LL + code.number(1, 7), code[8]);
}

bool es_social_security(std::string_view span) {
  const Code code(span);
  if (!code.digits(12) || code.number(0, 2) < 1 || code.number(0, 2) > 66) return false;
  const auto number = code.number(2, 8);
  const auto whole =
      number < 10'000'000 ? number + code.number(0, 2) * 10'000'000 : code.number(0, 10);
  return whole % 97 == code.number(10, 2) || code.number(0, 10) % 97 == code.number(10, 2);
}

bool fi_hetu(std::string_view span) {
  // The sign of the century is a part of it: + - or, where it is a letter, one of those used.
  if (span.size() != 11 ||
      std::string_view("+-ABCDEFUVWXY").find(span[6]) == std::string_view::npos)
    return false;
  const Code code(std::string(span.substr(0, 6)).append(span.substr(7)));
  if (!code.is("999999999*") || !day_month_year(code, 0)) return false;
  return "0123456789ABCDEFHJKLMNPRSTUVWXY"[code.number(0, 9) % 31] == code[9];
}

bool fr_nir(std::string_view span) {
  const Code code(span);
  if (code.size() != 15 || (code[0] != '1' && code[0] != '2' && code[0] != '3' && code[0] != '4' &&
                            code[0] != '7' && code[0] != '8'))
    return false;
  const char corsica = code[6];  // 2A and 2B count as 19 and 18
  std::string digits(code.text());
  if (code[5] == '2' && (corsica == 'A' || corsica == 'B'))
    digits.replace(5, 2, corsica == 'A' ? "19" : "18");
  const Code number(digits);
  if (!number.digits(15)) return false;
  const auto month = number.number(3, 2);
  return (month <= 12 || (month >= 20 && month <= 42) || month >= 50) && month > 0 &&
         97 - number.number(0, 13) % 97 == number.number(13, 2);
}

bool gb_nino(std::string_view span) {
  const Code code(span);
  if (!code.is("AA999999A") || code[8] > 'D') return false;
  const auto prefix = code.text(0, 2);
  for (const std::string_view unused : {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
    if (prefix == unused) return false;
  return prefix.find_first_of("DFIQUV") == std::string_view::npos && prefix[1] != 'O';
}

bool gr_amka(std::string_view span) {
  const Code code(span);
  return code.digits(11) && day_month_year(code, 0) && luhn_holds(code.text());
}

bool hr_oib(std::string_view span) {
  const Code code(span);
  return code.digits(11) && mod_11_10_holds(code.text());
}

bool hu_personal_id(std::string_view span) {
  const Code code(span);
  if (!code.digits(11) || code[0] == '0' || !year_month_day(code, 1)) return false;
  const auto digits = code.text(0, 10);
  return weighted(digits, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == code.digit(10) ||
         weighted(digits, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) % 11 == code.digit(10);
}

bool hu_tax_id(std::string_view span) {
  const Code code(span);
  return code.digits(10) && code[0] == '8' &&
         weighted(code.text(0, 9), {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11 == code.digit(9);
}

bool ie_pps(std::string_view span) {
  const Code code(span);
  if (!code.is("9999999A") && !code.is("9999999AA")) return false;
  constexpr std::string_view letters = "WABCDEFGHIJKLMNOPQRSTUV";
  const auto second = code.size() == 9 ? letters.find(code[8]) : 0;
  if (second == std::string_view::npos) return false;
  const int sum = weighted(code.text(0, 7), {8, 7, 6, 5, 4, 3, 2}) + 9 * static_cast<int>(second);
  return letters[static_cast<std::size_t>(sum % 23)] == code[7];
}

bool is_kennitala(std::string_view span) {
  const Code code(span);
  return code.digits(10) && day_month_year(code, 0, 40) &&
         (code[9] == '0' || code[9] == '8' || code[9] == '9') &&
         weighted(code.text(0, 9), {3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool it_codice_fiscale(std::string_view span) {
  const Code code(span);
  // Where two persons would have the same, digits are replaced by the letters LMNPQRSTUV.
  constexpr std::string_view same = "LMNPQRSTUV";
  if (code.size() != 16) return false;
  std::string plain(code.text());
  for (const std::size_t at : {6U, 7U, 9U, 10U, 12U, 13U, 14U})
    if (const auto digit = same.find(plain[at]); digit != std::string_view::npos)
      plain[at] = static_cast<char>('0' + digit);
  const Code form(plain);
  if (!form.is("AAAAAA99A99A999A")) return false;
  const auto day = form.number(9, 2) % 40;  // women 40
  if (std::string_view("ABCDEHLMPRST").find(form[8]) == std::string_view::npos || day < 1 ||
      day > 31)
    return false;
  constexpr std::array odd{1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                           20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    const char c = code[i];
    const int value = c <= '9' ? c - '0' : c - 'A';
    sum += i % 2 == 1 ? value : odd[static_cast<std::size_t>(value)];
  }
  return code[15] == 'A' + sum % 26;
}

// The states that were Yugoslavia.
bool jmbg(std::string_view span) {
  const Code code(span);
  if (!code.digits(13) || !day_exists(code.number(4, 3), code.number(2, 2), code.number(0, 2)))
    return false;
  const int check = 11 - weighted(code.text(0, 12), {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return (check > 9 ? 0 : check) == code.digit(12);
}

bool lt_personal_code(std::string_view span) {
  return baltic(span);
}

bool lu_national_id(std::string_view span) {
  const Code code(span);
  if (!code.digits(13) || !day_exists(code.number(0, 4), code.number(4, 2), code.number(6, 2)))
    return false;
  return code.number(0, 4) >= 1850 && luhn_holds(code.text(0, 12)) &&
         verhoeff_holds(std::string(code.text(0, 11)).append(code.text(12, 1)));
}

bool lv_personal_code(std::string_view span) {
  const Code code(span);
  if (!code.digits(11)) return false;
  if (code.text().starts_with("32")) return true;  // since 2017, without birth date and check digit
  return day_month_year(code, 0) &&
         (1 + weighted(code.text(0, 10), {10, 5, 8, 4, 2, 1, 6, 3, 7, 9})) % 11 % 10 ==
             code.digit(10);
}

bool md_idnp(std::string_view span) {
  const Code code(span);
  return code.digits(13) && (code[0] == '0' || code[0] == '2') && !all_same(code.text()) &&
         weighted_731(code.text(0, 12)) % 10 == code.digit(12);
}

bool nl_bsn(std::string_view span) {
  const Code code(span);
  return code.digits(9) && !all_same(code.text()) &&
         weighted(code.text(), {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool no_birth_number(std::string_view span) {
  const Code code(span);
  if (!code.digits(11) || code.number(0, 2) % 40 > 31) return false;
  return day_exists(code.number(4, 2), code.number(2, 2) % 40, code.number(0, 2) % 40) &&
         weighted(code.text(), {3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0}) % 11 == 0 &&
         weighted(code.text(), {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool pl_pesel(std::string_view span) {
  const Code code(span);
  return code.digits(11) && year_month_day(code, 0, 20) &&
         weighted(code.text(), {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

bool pl_id_card(std::string_view span) {
  const Code code(span);
  return code.is("AAA999999") && weighted(code.text(), {7, 3, 1, 9, 7, 3, 1, 7, 3}) % 10 == 0;
}

bool pt_citizen_card(std::string_view span) {
  const Code code(span);
  return code.size() == 12 &&
         code.text(0, 9).find_first_not_of("0123456789") == std::string_view::npos &&
         code[11] <= '9' && code[9] > '9' && luhn_holds(code.text());
}

bool ro_cnp(std::string_view span) {
  const Code code(span);
  if (!code.digits(13) || code[0] == '0' || !year_month_day(code, 1)) return false;
  const int check = weighted(code.text(0, 12), {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  return (check == 10 ? 1 : check) == code.digit(12);
}

bool ru_snils(std::string_view span) {
  const Code code(span);
  return code.digits(11) && code.number(0, 9) > 1'001'998 &&
         weighted(code.text(0, 9), {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101 % 100 == code.number(9, 2);
}

bool se_personnummer(std::string_view span) {
  const Code code(span);
  if (!code.digits(10) && !code.digits(12)) return false;
  const std::size_t at = code.size() - 10;
  // A co-ordination number adds 60 to the day.
  return day_exists(code.number(at, 2), code.number(at + 2, 2), code.number(at + 4, 2) % 60) &&
         luhn_holds(code.text(at, 10));
}

bool tr_tckn(std::string_view span) {
  const Code code(span);
  if (!code.digits(11) || code[0] == '0') return false;
  const int odd = weighted(code.text(), {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0});
  const int even = weighted(code.text(), {0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0});
  const int tenth = ((odd * 7 - even) % 10 + 10) % 10;
  return tenth == code.digit(9) && (odd + even + tenth) % 10 == code.digit(10);
}

bool ua_tax_number(std::string_view span) {
  const Code code(span);
  if (!code.digits(10) || all_same(code.text())) return false;
  const int sum = weighted(code.text(0, 9), {-1, 5, 7, 9, 4, 6, 10, 5, 7}) % 11;
  return (sum + 11) % 11 % 10 == code.digit(9);
}

}  // namespace fieldnote::redact::validate
