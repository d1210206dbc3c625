// Bank accounts: IBAN, BIC and what single countries had before. The lengths and structures of the
// SWIFT IBAN registry (release 99) and of the countries that use it without being in it: ibantools
// 4.5 (MIT), 2026-11-24. Countries: ISO 3166-1, and XK, which SWIFT uses for Kosovo.
#include <algorithm>
#include <array>
#include <cstdint>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

// After the check digits: how many, and n digits, a letters, c either.
struct Structure {
  std::string_view country, account;
};

constexpr auto structures = std::to_array<Structure>({
    // clang-format off
    {"AD", "8n 12c"}, {"AE", "19n"}, {"AL", "8n 16c"}, {"AO", "21n"}, {"AT", "16n"}, {"AX", "14n"},
    {"AZ", "4a 20c"}, {"BA", "16n"}, {"BE", "12n"}, {"BF", "2c 22n"}, {"BG", "4a 6n 8c"},
    {"BH", "4a 14c"}, {"BI", "23n"}, {"BJ", "2c 22n"}, {"BL", "10n 11c 2n"}, {"BR", "23n 1a 1c"},
    {"BY", "4a 4n 16c"}, {"CF", "23n"}, {"CG", "23n"}, {"CH", "5n 12c"}, {"CI", "1a 23n"},
    {"CM", "23n"}, {"CR", "18n"}, {"CV", "21n"}, {"CY", "8n 16c"}, {"CZ", "20n"}, {"DE", "18n"},
    {"DJ", "23n"}, {"DK", "14n"}, {"DO", "4a 20n"}, {"DZ", "22n"}, {"EE", "16n"}, {"EG", "25n"},
    {"ES", "20n"}, {"FI", "14n"}, {"FK", "2a 12n"}, {"FO", "14n"}, {"FR", "10n 11c 2n"},
    {"GA", "23n"}, {"GB", "4a 14n"}, {"GE", "2c 16n"}, {"GF", "10n 11c 2n"}, {"GI", "4a 15c"},
    {"GL", "14n"}, {"GP", "10n 11c 2n"}, {"GQ", "23n"}, {"GR", "7n 16c"}, {"GT", "24c"},
    {"GW", "2a 19n"}, {"HN", "4a 20n"}, {"HR", "17n"}, {"HU", "24n"}, {"IE", "4c 14n"},
    {"IL", "19n"}, {"IQ", "4a 15n"}, {"IR", "22n"}, {"IS", "22n"}, {"IT", "1a 10n 12c"},
    {"JO", "4a 4n 18c"}, {"KM", "23n"}, {"KW", "4a 22c"}, {"KZ", "3n 13c"}, {"LB", "4n 20c"},
    {"LC", "4a 24c"}, {"LI", "5n 12c"}, {"LT", "16n"}, {"LU", "3n 13c"}, {"LV", "4a 13c"},
    {"LY", "21n"}, {"MA", "24n"}, {"MC", "10n 11c 2n"}, {"MD", "20c"}, {"ME", "18n"},
    {"MF", "10n 11c 2n"}, {"MG", "23n"}, {"MK", "3n 10c 2n"}, {"ML", "2c 22n"}, {"MN", "16n"},
    {"MQ", "10n 11c 2n"}, {"MR", "23n"}, {"MT", "4a 5n 18c"}, {"MU", "4a 19n 3a"}, {"MZ", "21n"},
    {"NC", "10n 11c 2n"}, {"NE", "2a 22n"}, {"NI", "4a 20n"}, {"NL", "4a 10n"}, {"NO", "11n"},
    {"OM", "3n 16c"}, {"PF", "10n 11c 2n"}, {"PK", "4c 16n"}, {"PL", "24n"}, {"PM", "10n 11c 2n"},
    {"PS", "4c 21n"}, {"PT", "21n"}, {"QA", "4a 21c"}, {"RE", "10n 11c 2n"}, {"RO", "4a 16c"},
    {"RS", "18n"}, {"RU", "14n 15c"}, {"SA", "2n 18c"}, {"SC", "4a 20n 3a"}, {"SD", "14n"},
    {"SE", "20n"}, {"SI", "15n"}, {"SK", "20n"}, {"SM", "1a 10n 12c"}, {"SN", "2a 22n"},
    {"SO", "19n"}, {"ST", "21n"}, {"SV", "4a 20n"}, {"TD", "23n"}, {"TF", "10n 11c 2n"},
    {"TG", "2a 22n"}, {"TL", "19n"}, {"TN", "20n"}, {"TR", "5n 17c"}, {"UA", "6n 19c"},
    {"VA", "18n"}, {"VG", "4c 16n"}, {"WF", "10n 11c 2n"}, {"XK", "16n"}, {"YE", "4a 4n 18c"},
    {"YT", "10n 11c 2n"},
    // clang-format on
});
static_assert(std::is_sorted(structures.begin(), structures.end(),
                             [](const auto& a, const auto& b) { return a.country < b.country; }));

constexpr std::string_view countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS XK YE YT ZA ZM ZW ";
bool is_country(std::string_view code) {
  for (std::size_t at = 0; at < countries.size(); at += 3)
    if (countries.substr(at, 2) == code) return true;
  return false;
}

bool fits(std::string_view account, std::string_view structure) {
  while (!structure.empty()) {
    std::size_t count = 0;
    for (; structure.front() >= '0' && structure.front() <= '9'; structure.remove_prefix(1))
      count = 10 * count + static_cast<std::size_t>(structure.front() - '0');
    const char kind = structure.front();
    structure.remove_prefix(structure.size() > 1 ? 2 : 1);
    if (account.size() < count) return false;
    for (const char c : account.substr(0, count))
      if ((kind == 'n' && c > '9') || (kind == 'a' && c <= '9')) return false;
    account.remove_prefix(count);
  }
  return account.empty();
}

bool mod_97_holds(const Code& code) {
  int rest = remainder(code.text(4, code.size()), 97);
  for (const char c : code.text(0, 4)) rest = (rest * (c > '9' ? 100 : 10) + value_of(c)) % 97;
  return rest == 1;
}

bool begins_as_iban(const Code& code) {
  return code.size() >= 15 && code.size() <= 34 && code[0] > '9' && code[1] > '9' &&
         code[2] <= '9' && code[3] <= '9';
}

}  // namespace

bool iban(std::string_view span) {
  const Code code(span);
  if (!begins_as_iban(code)) return false;
  const auto country = code.text(0, 2);
  const auto at = std::lower_bound(structures.begin(), structures.end(), country,
                                   [](const auto& a, std::string_view b) { return a.country < b; });
  return at != structures.end() && at->country == country &&
         fits(code.text(4, code.size()), at->account) && mod_97_holds(code);
}

bool iban_of_any_country(std::string_view span) {
  const Code code(span);
  return begins_as_iban(code) && is_country(code.text(0, 2)) && mod_97_holds(code);
}

bool bic(std::string_view span) {
  const Code code(span);
  if (code.size() != span.size()) return false;
  return (code.is("AAAAAA**") || code.is("AAAAAA*****")) && is_country(code.text(4, 2));
}

bool us_routing(std::string_view span) {
  const Code code(span);
  if (!code.digits(9)) return false;
  const auto district = code.number(0, 2);
  const bool used = district <= 12 || (district >= 21 && district <= 32) ||
                    (district >= 61 && district <= 72) || district == 80;
  return used && !all_same(code.text()) &&
         weighted(code.text(), {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0;
}

bool mx_clabe(std::string_view span) {
  const Code code(span);
  if (!code.digits(18) || all_same(code.text())) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    constexpr std::array weights{3, 7, 1};
    sum += weights[i % 3] * code.digit(i) % 10;
  }
  return (10 - sum % 10) % 10 == code.digit(17);
}

bool ar_cbu(std::string_view span) {
  const Code code(span);
  if (!code.digits(22) || all_same(code.text())) return false;
  return weighted(code.text(0, 8), {7, 1, 3, 9, 7, 1, 3, 1}) % 10 == 0 &&
         weighted(code.text(8, 14), {3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3, 1}) % 10 == 0;
}

bool fr_rib(std::string_view span) {
  const Code code(span);
  if (code.size() != 23) return false;
  int rest = 0;
  for (const char c : code.text()) {
    // Letters count as A J 1, B K S 2, ... I R Z 9.
    const int digit = c <= '9'   ? c - '0'
                      : c <= 'I' ? c - 'A' + 1
                      : c <= 'R' ? c - 'J' + 1
                                 : c - 'S' + 2;
    rest = (10 * rest + digit) % 97;
  }
  return rest == 0 && code.number(0, 5) > 0;
}

bool no_account(std::string_view span) {
  const Code code(span);
  return code.digits(11) && !all_same(code.text()) &&
         weighted(code.text(), {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool es_account(std::string_view span) {
  const Code code(span);
  if (!code.digits(20) || all_same(code.text())) return false;
  const auto check = [](int sum) {
    const int digit = 11 - sum % 11;
    return digit > 9 ? 11 - digit : digit;
  };
  return check(weighted(code.text(0, 8), {4, 8, 5, 10, 9, 7, 3, 6})) == code.digit(8) &&
         check(weighted(code.text(10, 10), {1, 2, 4, 8, 5, 10, 9, 7, 3, 6})) == code.digit(9);
}

}  // namespace fieldnote::redact::validate
