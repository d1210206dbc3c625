#include "spool/hold_clock.hpp"

#include <algorithm>

namespace fieldnote::spool {
namespace {

using std::chrono::seconds;
constexpr seconds day_length = std::chrono::hours(24);
// A day of use cannot begin sooner after the one before: two dates are not yet two days.
constexpr seconds least_between_days = std::chrono::hours(12);
// What one restart of the machine can account for at the most.
constexpr seconds longest_absence = std::chrono::days(366);

// How much time has passed, as far as that can be known.
seconds elapsed(const platform::Moment& from, const platform::Moment& to) {
  if (from.boot == to.boot) return std::max(seconds(0), to.since_boot - from.since_boot);
  // Since a restart at least the time that the machine runs; beyond that only the wall clock knows.
  return std::max(to.since_boot, std::clamp(to.wall - from.wall, seconds(0), longest_absence));
}

}  // namespace

void HoldClock::advance(const platform::Moment& now) {
  const auto today = std::chrono::floor<std::chrono::days>(now.wall);
  if (!started) {
    started = true;
    seen = now;
    day = today;
    return;
  }
  const seconds passed = elapsed(seen, now);
  age += passed;
  since_day += passed;
  seen = now;
  if (today != day && since_day >= least_between_days) {
    use_at_day += day_length;
    day = today;
    since_day = seconds(0);
  }
  use = std::max(use, use_at_day + std::min(since_day, day_length));
}

}  // namespace fieldnote::spool
