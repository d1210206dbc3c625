// Telephone numbers by the numbering plans of all countries (ITU-T E.164: calling code and national
// number, 15 digits at the most; some plans have longer ones).
#include <array>
#include <cstdint>
#include <optional>

#include "redact/validators.hpp"

namespace fieldnote::redact::validate {
namespace {

constexpr auto edges = std::to_array<std::uint32_t>({
#include "redact/validators/phone_plan.inc"
});

constexpr std::uint32_t last_edge = 1U << 10, may_end = 1U << 11;
constexpr unsigned target_shift = 12;

// Follows the digits of `text` through the plans.
class Walk {
 public:
  void step(unsigned digit) {
    for (std::uint32_t at = state_;; ++at) {
      if ((edges[at] >> digit & 1) != 0) {
        complete_ = (edges[at] & may_end) != 0;
        state_ = edges[at] >> target_shift;
        return;
      }
      if ((edges[at] & last_edge) != 0) break;
    }
    lost_ = true;
  }
  void digits_of(std::string_view text) {
    for (const char c : text)
      if (c >= '0' && c <= '9' && !lost_) step(static_cast<unsigned>(c - '0'));
  }
  [[nodiscard]] bool lost() const { return lost_; }
  [[nodiscard]] bool complete() const { return !lost_ && complete_; }

 private:
  std::uint32_t state_ = 0;
  bool complete_ = false, lost_ = false;
};

// "+44 (0)20 ..." has a digit that is not dialled from abroad.
std::string_view without_trunk_zero(std::string_view text, std::string_view& rest) {
  const auto at = text.find("(0)");
  if (at == std::string_view::npos) return text;
  rest = text.substr(at + 3);
  return text.substr(0, at);
}

bool in_a_plan(std::string_view international) {
  std::string_view rest;
  const auto head = without_trunk_zero(international, rest);
  Walk walk;
  walk.digits_of(head);
  walk.digits_of(rest);
  return walk.complete();
}

}  // namespace

bool phone_international(std::string_view span) {
  const auto begin = span.find_first_of("+0123456789");
  if (begin == std::string_view::npos) return false;
  span.remove_prefix(begin);
  if (span.starts_with("00")) return in_a_plan(span.substr(2));
  if (span.starts_with("011")) return in_a_plan(span.substr(3));
  return in_a_plan(span);
}

// A country that exists, and as many digits as a number may have: new plans are not in the table
// yet.
bool phone_plausible(std::string_view span) {
  Walk walk;
  std::size_t digits = 0;
  for (const char c : span)
    if (c >= '0' && c <= '9' && digits++ < 2) walk.step(static_cast<unsigned>(c - '0'));
  return span.starts_with('+') && digits >= 7 && digits <= 15 && !walk.lost();
}

bool phone_north_american(std::string_view span) {
  Walk walk;
  std::size_t digits = 0;
  bool exchange = false;
  for (const char c : span) {
    if (c < '0' || c > '9') continue;
    // Area code and exchange both begin with 2 to 9.
    exchange = exchange || (digits == 3 && c >= '2');
    ++digits;
  }
  if (digits == 11) return in_a_plan(span);
  if (digits != 10 || !exchange) return false;
  walk.step(1);
  walk.digits_of(span);
  return walk.complete();
}

}  // namespace fieldnote::redact::validate
