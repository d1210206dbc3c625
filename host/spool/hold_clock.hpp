// How long something has been held, by a clock that cannot be turned forward.
//
// Two readings, both in seconds and never going back:
//   use   for the review window. Runs for a day (24 h) on each day on which the browser was used,
//   and stands still on the
//         others: whoever is away for two weeks finds the same time to look as whoever is not.
//   age   for retention. Runs always.
//
// The wall clock alone is believed only across a restart of the machine. Within one, time passes as
// the machine's own clock says: setting the wall clock forward by a year makes nothing leave early
// and deletes nothing.
#pragma once

#include <chrono>
#include <string>

#include "platform/moment.hpp"

namespace fieldnote::spool {

struct HoldClock {
  std::chrono::seconds use{};
  std::chrono::seconds age{};

  // What the readings come from: the last moment seen, and the day of use that runs: its date, what
  // `use` was when it began, how much of it has passed.
  bool started = false;
  platform::Moment seen;
  std::chrono::sys_days day;
  std::chrono::seconds use_at_day{};
  std::chrono::seconds since_day{};

  // The browser is in use at `now`.
  void advance(const platform::Moment& now);
};

}  // namespace fieldnote::spool
