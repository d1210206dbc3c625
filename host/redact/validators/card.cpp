// Payment cards. Issuer prefixes and lengths: credit-card-type 10 (MIT) and the card schemes'
// public pages, 2026-11-24.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "redact/validators.hpp"
#include "redact/validators/checksum.hpp"
#include "redact/validators/code.hpp"

namespace fieldnote::redact::validate {
namespace {

// The first six digits from `first` to `last`, and the lengths as bits (1 << 16 for 16 digits).
struct Issuer {
  std::int32_t first, last;
  std::uint32_t lengths;
};

constexpr std::uint32_t lengths(std::uint32_t least, std::uint32_t most) {
  return (2U << most) - (1U << least);
}

constexpr auto issuers = std::to_array<Issuer>({
    {180000, 180099, lengths(15, 15)},                    // JCB
    {213100, 213199, lengths(15, 15)},                    // JCB
    {220000, 220499, lengths(16, 19)},                    // Mir
    {222100, 272099, lengths(16, 16)},                    // Mastercard
    {300000, 305999, lengths(14, 19)},                    // Diners Club
    {308800, 310299, lengths(16, 19)},                    // JCB
    {340000, 349999, lengths(15, 15)},                    // American Express
    {352800, 358999, lengths(16, 19)},                    // JCB, RuPay, LankaPay
    {360000, 369999, lengths(14, 19)},                    // Diners Club
    {370000, 379999, lengths(15, 15)},                    // American Express
    {380000, 399999, lengths(14, 19)},                    // Diners Club, Hipercard
    {400000, 499999, lengths(13, 13) | lengths(16, 19)},  // Visa, Elo, Dankort, Switch
    {500000, 509999, lengths(12, 19)},                    // Maestro, Elo, Verve, RuPay, Dankort
    {510000, 559999, lengths(16, 16)},                    // Mastercard
    {560000, 599999, lengths(12, 19)},                    // Maestro, BC Card
    {600000, 639999, lengths(12, 19)},                    // Discover, UnionPay, Hiper, InterPayment
    {640000, 659999, lengths(16, 19)},                    // Discover, Elo, RuPay, Troy, Verve
    {660000, 699999, lengths(12, 19)},                    // Maestro
    {810000, 829999, lengths(14, 19)},                    // UnionPay, RuPay
    {979200, 979299, lengths(16, 16)},                    // Troy
});

bool is_card(const Code& code) {
  if (code.size() < 12 || code.size() > 19 || !code.digits(code.size())) return false;
  if (all_same(code.text()) || !luhn_holds(code.text())) return false;
  const auto first = code.number(0, 6);
  for (const Issuer& issuer : issuers)
    if (first >= issuer.first && first <= issuer.last)
      return (issuer.lengths >> code.size() & 1) != 0;
  return false;
}

}  // namespace

bool luhn(std::string_view span) {
  const Code code(span);
  return code.size() > 1 && code.digits(code.size()) && !all_same(code.text()) &&
         luhn_holds(code.text());
}

bool payment_card(std::string_view span) {
  return is_card(Code(span));
}

// In groups of four (of American Express four, six, five) or digit by digit, with the same between
// any two.
bool payment_card_spread(std::string_view span) {
  constexpr std::string_view digits = "0123456789";
  std::string sizes;
  std::string_view between;
  for (std::size_t at = 0; at < span.size();) {
    const std::size_t end = std::min(span.find_first_not_of(digits, at), span.size());
    sizes += static_cast<char>('0' + std::min<std::size_t>(end - at, 9));
    const std::size_t next = std::min(span.find_first_of(digits, end), span.size());
    const std::string_view here = span.substr(end, next - end);
    if (sizes.size() == 1) between = here;
    if (next < span.size() && here != between) return false;
    at = next;
  }
  const bool spread = sizes == "4444" || sizes == "44443" || sizes == "465" ||
                      sizes.find_first_not_of('1') == std::string::npos;
  return spread && is_card(Code(span));
}

bool card_track(std::string_view span) {
  const auto begin = span.find_first_of("0123456789");
  if (begin == std::string_view::npos) return false;
  const auto end = span.find_first_not_of("0123456789 ", begin);
  if (end == std::string_view::npos || (span[end] != '^' && span[end] != '=')) return false;
  return is_card(Code(span.substr(begin, end - begin)));
}

bool card_expiry(std::string_view span) {
  const Code code(span);
  // A month may have one digit: 8/27, 8/2027.
  const std::size_t month_digits = code.size() % 2 == 1 ? 1 : 2;
  if (code.size() < 3 || code.size() > 6 || !code.digits(code.size())) return false;
  const auto month = code.number(0, month_digits);
  auto year = code.number(month_digits, code.size() - month_digits);
  if (code.size() - month_digits == 4) year -= 2000;
  return month >= 1 && month <= 12 && year >= 15 && year <= 60;
}

}  // namespace fieldnote::redact::validate
