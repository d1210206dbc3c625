// A pause begins and ends for all of the person's browsers at once. It has no limit, outlives hosts
// and machines, and is told to nobody.
#pragma once

#include "channel/request.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

// Replaces a pause that is on. Errors: `message_invalid` where the end is past, or more than a
// month away.
[[nodiscard]] Result<void> begin_pause(spool::Spool& spool, const channel::PauseRequest& request);
[[nodiscard]] Result<void> end_pause(spool::Spool& spool);

// How long a pause that is on still lasts; nothing where there is none, or no end to it.
[[nodiscard]] std::optional<std::chrono::seconds> left_of(const std::optional<spool::Pause>& pause,
                                                          const platform::Moment& now);

}  // namespace fieldnote::recorder
