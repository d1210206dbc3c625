// The task that the person says they are doing: begun, ended, and as it is told. Words on a team's
// list are the organisation's own and leave as they are; any others are the person's, and leave
// only if they said so, redacted like any text of a page.
#pragma once

#include "channel/message.hpp"
#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

// A task of these words, with a new id.
[[nodiscard]] spool::Task make_task(const policy::Assignment* assignment,
                                    const channel::Words& words);

// The one before ends as stopped.
[[nodiscard]] Result<void> begin_task(spool::Spool& spool, const policy::Assignment* assignment,
                                      const channel::Words& words);
// Nothing where none is in hand.
[[nodiscard]] Result<void> end_task(spool::Spool& spool, std::string_view outcome);

[[nodiscard]] channel::ToldTask told(const spool::Task& task);

}  // namespace fieldnote::recorder
