// What the extension is told of the policy: the teams of this account, and what its notice says.
#pragma once

#include "channel/message.hpp"
#include "policy/assignment.hpp"

namespace fieldnote::recorder {

// Without teams and notice where this account is not one to be asked.
[[nodiscard]] channel::PolicyMessage policy_message(const policy::Policy& policy,
                                                    const policy::Assignment& assignment);

}  // namespace fieldnote::recorder
