// What the person set and what is for their eyes: a pause, the task in hand, up to where they were
// told of what waits, how much was stored today, the tasks that they named. Stays on the device.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/moment.hpp"

namespace fieldnote::spool {

struct Pause {
  std::chrono::sys_time<std::chrono::milliseconds> since;
  // Both or neither, where it lasts until it is ended.
  std::optional<std::chrono::sys_seconds> until;
  // The same end on the machine's own clock, which nobody can set; good for that start of it.
  std::string boot;
  std::chrono::seconds until_since_boot{};
  friend bool operator==(const Pause&, const Pause&) = default;

  [[nodiscard]] bool is_over(const platform::Moment& now) const {
    if (!until) return false;
    return now.boot == boot ? now.since_boot >= until_since_boot : now.wall >= *until;
  }
};

struct Person {
  std::optional<Pause> pause;
  std::optional<std::string> task;  // in hand: its id
  std::int64_t told = 0;            // held rows up to here
  std::int64_t day = 0;             // of the count below: days since 1970, where the person is
  std::int64_t today = 0;           // events stored
};

// 16 hex digits that name a task: random, so that they say nothing.
[[nodiscard]] std::string new_task_id();
[[nodiscard]] bool is_task_id(std::string_view text);

struct Task {
  std::string id;
  std::string words;                   // as the person sees them
  bool own = false;                    // their words, not the list's
  std::optional<std::string> leaves;   // the words as they leave; none: none do
  std::optional<std::string> outcome;  // done, stopped; none: it is being done
};

// How much is held, and when it leaves: readings of the clock of use.
struct HeldNow {
  std::int64_t events = 0;
  std::int64_t up_to = 0;  // the last row
  std::optional<std::chrono::seconds> first_leaves, last_leaves;
};

}  // namespace fieldnote::spool
