// What is done with the spool soon after a browser has started and now and then while it is used:
// the hold clock is read, what was held too long
// is deleted and counted, as is what was recorded on a site that is on no list any more, what was
// held for its review window is sealed.
#pragma once

#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

[[nodiscard]] Result<void> keep_house(spool::Spool& spool, const policy::Policy& policy,
                                      const policy::Assignment& assignment,
                                      const platform::Moment& now);

// Whether the policy's megabytes are reached.
[[nodiscard]] bool is_full(const spool::Spool& spool, const policy::Policy& policy);

}  // namespace fieldnote::recorder
