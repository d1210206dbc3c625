// Numbers that states outside of Europe give to persons; see national_id_europe.cpp.
#include <array>
#include <cstdint>
#include <string>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

// 11 minus the rest by 11, ten and eleven being nothing.
int check_11(int sum) {
  const int check = 11 - sum % 11;
  return check > 9 ? 0 : check;
}

}  // namespace

bool ae_emirates_id(std::string_view span) {
  const Code code(span);
  return code.digits(15) && code.text().starts_with("784") && luhn_holds(code.text());
}

bool ar_cuit(std::string_view span) {
  const Code code(span);
  if (!code.digits(11)) return false;
  constexpr std::array kinds{20, 23, 24, 27, 30, 33, 34, 50, 51, 55};
  bool known = false;
  for (const int kind : kinds) known = known || code.number(0, 2) == kind;
  const int check = 11 - weighted(code.text(0, 10), {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return known && (check == 11 ? 0 : check == 10 ? 9 : check) == code.digit(10);
}

bool br_cpf(std::string_view span) {
  const Code code(span);
  return code.digits(11) && !all_same(code.text()) &&
         check_11(weighted(code.text(0, 9), {10, 9, 8, 7, 6, 5, 4, 3, 2})) == code.digit(9) &&
         check_11(weighted(code.text(0, 10), {11, 10, 9, 8, 7, 6, 5, 4, 3, 2})) == code.digit(10);
}

bool br_pis(std::string_view span) {
  const Code code(span);
  return code.digits(11) && !all_same(code.text()) &&
         check_11(weighted(code.text(0, 10), {3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == code.digit(10);
}

bool ca_sin(std::string_view span) {
  const Code code(span);
  return code.digits(9) && code[0] != '0' && code[0] != '8' && !all_same(code.text()) &&
         luhn_holds(code.text());
}

bool cl_rut(std::string_view span) {
  const Code code(span);
  if (code.size() < 8 || code.size() > 9) return false;
  const auto digits = code.text(0, code.size() - 1);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  int sum = 0, weight = 2;
  for (std::size_t i = digits.size(); i-- > 0; weight = weight == 7 ? 2 : weight + 1)
    sum += weight * value_of(digits[i]);
  return "0K987654321"[sum % 11] == code[code.size() - 1];
}

bool cn_resident_id(std::string_view span) {
  const Code code(span);
  if (!code.is("99999999999999999*") || code[0] == '0') return false;
  const auto year = code.number(6, 4);
  return (code[17] <= '9' || code[17] == 'X') && year >= 1880 && year < 2100 &&
         day_exists(year, code.number(10, 2), code.number(12, 2)) && mod_11_2_holds(code.text());
}

bool do_cedula(std::string_view span) {
  const Code code(span);
  return code.digits(11) && !all_same(code.text()) && luhn_holds(code.text());
}

bool ec_cedula(std::string_view span) {
  const Code code(span);
  return code.digits(10) && code.number(0, 2) >= 1 &&
         (code.number(0, 2) <= 24 || code.number(0, 2) == 30) && code[2] < '6' &&
         luhn_holds(code.text());
}

bool eg_national_id(std::string_view span) {
  const Code code(span);
  return code.digits(14) && (code[0] == '2' || code[0] == '3') &&
         day_exists((code[0] == '2' ? 1900 : 2000) + code.number(1, 2), code.number(3, 2),
                    code.number(5, 2)) &&
         (code.number(7, 2) <= 35 || code.number(7, 2) == 88) && code.number(7, 2) > 0;
}

bool hk_identity_card(std::string_view span) {
  const Code code(span);
  if (!code.is("A999999*") && !code.is("AA999999*")) return false;
  const char check = code[code.size() - 1];
  if (check > '9' && check != 'A') return false;
  // One letter has a blank before it, which counts as 36.
  const bool two = code.size() == 9;
  const int sum = (two ? 9 * value_of(code[0]) : 9 * 36) +
                  weighted(code.text(two ? 1 : 0, 7), {8, 7, 6, 5, 4, 3, 2});
  return (sum + (check == 'A' ? 10 : check - '0')) % 11 == 0;
}

bool id_nik(std::string_view span) {
  const Code code(span);
  return code.digits(16) && code.number(0, 2) >= 11 && code.number(0, 2) <= 97 &&
         code.number(12, 4) > 0 &&
         day_exists(code.number(10, 2), code.number(8, 2), code.number(6, 2) % 40);
}

bool il_identity_number(std::string_view span) {
  const Code code(span);
  return (code.digits(8) || code.digits(9)) && !all_same(code.text()) && luhn_holds(code.text());
}

bool in_aadhaar(std::string_view span) {
  const Code code(span);
  return code.digits(12) && code[0] >= '2' && !all_same(code.text()) && verhoeff_holds(code.text());
}

bool in_pan(std::string_view span) {
  const Code code(span);
  return code.is("AAAAA9999A") &&
         std::string_view("ABCFGHJLPT").find(code[3]) != std::string_view::npos &&
         code.text(5, 4) != "0000";
}

bool ir_national_code(std::string_view span) {
  const Code code(span);
  if (!code.digits(10) || all_same(code.text())) return false;
  const int rest = weighted(code.text(0, 9), {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest < 2 ? rest : 11 - rest) == code.digit(9);
}

bool jp_my_number(std::string_view span) {
  const Code code(span);
  if (!code.digits(12) || all_same(code.text())) return false;
  return check_11(weighted(code.text(0, 11), {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2})) == code.digit(11);
}

bool kr_resident_number(std::string_view span) {
  const Code code(span);
  if (!code.digits(13) || code[6] == '0' || code[6] == '9') return false;
  return day_exists(code.number(0, 2), code.number(2, 2), code.number(4, 2)) &&
         (11 - weighted(code.text(0, 12), {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}) % 11) % 10 ==
             code.digit(12);
}

// Since October 2020 without a check digit.
bool kr_resident_number_form(std::string_view span) {
  const Code code(span);
  return code.digits(13) && code[6] >= '1' && code[6] <= '8' &&
         day_exists(code.number(0, 2), code.number(2, 2), code.number(4, 2));
}

bool kw_civil_id(std::string_view span) {
  const Code code(span);
  return code.digits(12) && code[0] >= '1' && code[0] <= '3' &&
         day_exists(code.number(1, 2), code.number(3, 2), code.number(5, 2)) &&
         11 - weighted(code.text(0, 11), {2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}) % 11 == code.digit(11);
}

bool kz_iin(std::string_view span) {
  const Code code(span);
  if (!code.digits(12) || !day_exists(code.number(0, 2), code.number(2, 2), code.number(4, 2)))
    return false;
  int check = weighted(code.text(0, 11), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11;
  if (check == 10) check = weighted(code.text(0, 11), {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11;
  return check == code.digit(11);
}

bool lk_identity_card(std::string_view span) {
  const Code code(span);
  const bool old_form = code.is("999999999V") || code.is("999999999X");
  if (!old_form && !code.digits(12)) return false;
  const auto day = code.number(old_form ? 2 : 4, 3) % 500;  // of the year; women 500
  return day >= 1 && day <= 366 &&
         (old_form || (code.number(0, 4) >= 1900 && code.number(0, 4) < 2100));
}

bool mx_curp(std::string_view span) {
  const Code code(span);
  if (!code.is("AAAA999999AAAAAA*9") || (code[10] != 'H' && code[10] != 'M' && code[10] != 'X'))
    return false;
  if (!day_exists(code.number(4, 2), code.number(6, 2), code.number(8, 2))) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    // 0-9 A-N Ñ O-Z: what is after N counts one more.
    const int value = value_of(code[i]) + (code[i] > 'N' ? 1 : 0);
    sum += value * (18 - static_cast<int>(i));
  }
  return (10 - sum % 10) % 10 == code.digit(17);
}

bool my_nric(std::string_view span) {
  const Code code(span);
  const auto place = code.digits(12) ? code.number(6, 2) : 0;
  return place >= 1 &&
         (place <= 16 || (place >= 21 && place <= 68) || place == 71 || place == 72 ||
          place == 74 || place == 82 || place == 98 || place == 99) &&
         day_exists(code.number(0, 2), code.number(2, 2), code.number(4, 2));
}

bool pe_identity_number(std::string_view span) {
  const Code code(span);
  if (!code.is("99999999*")) return false;
  const auto check =
      static_cast<std::size_t>(weighted(code.text(0, 8), {3, 2, 7, 6, 5, 4, 3, 2}) % 11);
  return "65432110987"[check] == code[8] || "KJIHGFEDCBA"[check] == code[8];
}

bool pk_cnic(std::string_view span) {
  const Code code(span);
  return code.digits(13) && code[0] >= '1' && code[0] <= '7' && code[12] != '0';
}

bool sa_national_id(std::string_view span) {
  const Code code(span);
  return code.digits(10) && (code[0] == '1' || code[0] == '2') && luhn_holds(code.text());
}

bool sg_nric(std::string_view span) {
  const Code code(span);
  if (!code.is("A9999999A")) return false;
  const char kind = code[0];
  const int base = weighted(code.text(1, 7), {2, 7, 6, 5, 4, 3, 2});
  if (kind == 'S' || kind == 'T')
    return "JZIHGFEDCBA"[(base + (kind == 'T' ? 4 : 0)) % 11] == code[8];
  if (kind == 'F' || kind == 'G')
    return "XWUTRQPNMLK"[(base + (kind == 'G' ? 4 : 0)) % 11] == code[8];
  return kind == 'M' && "KLJNPQRTUWX"[10 - (base + 3) % 11] == code[8];
}

bool th_identity_number(std::string_view span) {
  const Code code(span);
  return code.digits(13) && code[0] != '0' && code[0] != '9' &&
         (11 - weighted(code.text(0, 12), {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 10 ==
             code.digit(12);
}

bool tw_identity_number(std::string_view span) {
  const Code code(span);
  if (!code.is("A999999999") ||
      (code[1] != '1' && code[1] != '2' && code[1] != '8' && code[1] != '9'))
    return false;
  const auto area =
      static_cast<int>(std::string_view("ABCDEFGHJKLMNPQRSTUVXYWZIO").find(code[0])) + 10;
  return (area / 10 + 9 * (area % 10) + weighted(code.text(1, 9), {8, 7, 6, 5, 4, 3, 2, 1, 1})) %
             10 ==
         0;
}

// Area, group and serial as they may be given (SSA, since 2011 at random).
bool us_ssn(std::string_view span) {
  const Code code(span);
  if (!code.digits(9) || all_same(code.text())) return false;
  const auto area = code.number(0, 3);
  return area != 0 && area != 666 && area < 900 && code.number(3, 2) != 0 &&
         code.number(5, 4) != 0 && code.text() != "123456789" && code.text() != "078051120" &&
         code.text() != "219099999";
}

bool us_itin(std::string_view span) {
  const Code code(span);
  const auto group = code.digits(9) ? code.number(3, 2) : 0;
  return code.digits(9) && code[0] == '9' && group >= 50 && group != 66 && group != 89 &&
         group != 93;
}

bool uy_ci(std::string_view span) {
  const Code code(span);
  if (!code.digits(8) || all_same(code.text())) return false;
  return (10 - weighted(code.text(0, 7), {2, 9, 8, 7, 6, 3, 4}) % 10) % 10 == code.digit(7);
}

bool za_id(std::string_view span) {
  const Code code(span);
  return code.digits(13) && day_exists(code.number(0, 2), code.number(2, 2), code.number(4, 2)) &&
         code[10] <= '2' && luhn_holds(code.text());
}

}  // namespace fieldnote::redact::validate
