// What changes between two policies, from the side of the people who are recorded: more sites, more
// readers, longer keeping is wider. What a program cannot judge (the words of the purpose) counts
// as wider.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.hpp"

namespace fieldnote::policy {

// `changed`: neither takes nor gives anything, or does both.
enum class Direction { wider, narrower, changed };
[[nodiscard]] std::string_view word(Direction direction);

struct Change {
  Direction direction;
  // What it is about: purpose, recipients, retention, review_window, release, recording, accounts,
  // caller, members, sites, exclude, disclosure, keys, outline, fields, tasks, notice.
  std::string subject;
  std::string team;  // empty: of the whole organisation
  std::string what;  // one sentence without its full stop
};

// In the order of the files: the organisation first, then team by team.
[[nodiscard]] std::vector<Change> compare(const Policy& before, const Policy& after);

}  // namespace fieldnote::policy
