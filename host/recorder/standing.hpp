// Whether this person is being recorded now, and why (or why not) in one sentence that they can
// read.
#pragma once

#include <optional>
#include <string>

#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

enum class State { recording, paused, ask, declined, off, not_listed, shared_account, refused };

[[nodiscard]] std::string_view word(State state);

struct Judgement {
  State state = State::refused;
  std::string why;
};

// `policy`: the policy or why it is refused. A no is final until the person reopens the notice; a
// yes holds for the notice that it was said to, and for one that asks for less.
[[nodiscard]] Judgement judge(const Result<policy::Policy>& policy,
                              const policy::Assignment* assignment,
                              const std::optional<spool::Consent>& consent,
                              const std::optional<spool::Pause>& pause,
                              const platform::Moment& now);

// What the person keeps of their answer: the terms that they were shown, the answer and when. JSON;
// stays on the device.
[[nodiscard]] std::string receipt(const policy::Policy& policy,
                                  const policy::Assignment& assignment, bool yes);

}  // namespace fieldnote::recorder
