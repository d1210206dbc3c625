// The yes taken back: recording stops, what is held is deleted if the person wants that, and what
// has left is asked for, by a bundle that asks (DESIGN: bundle). The device cannot know whether it
// was heard: it says asked, never deleted.
#pragma once

#include "channel/request.hpp"
#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

struct Withdrawn {
  std::int64_t deleted = 0;
  std::optional<std::int64_t> asked;  // the number of the bundle that asks
};

// In this order, each step done even where a later one fails: the no, the deleting, the asking.
// `assignment`: none where the policy is refused, by which nobody could be asked. Errors: those of
// deleting; `unfinished` where it cannot be asked now.
[[nodiscard]] Result<Withdrawn> withdraw(spool::Spool& spool, const Result<policy::Policy>& policy,
                                         const policy::Assignment* assignment,
                                         const channel::WithdrawRequest& request);

}  // namespace fieldnote::recorder
