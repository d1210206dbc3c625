// What there is of the person beside their events (GDPR articles 15 and 20): receipts, tasks, what
// has left, what was asked back.
#pragma once

#include <string>

#include "channel/request.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

// The members of an answer behind its type and id, as JSON text.
[[nodiscard]] Result<std::string> mine(spool::Spool& spool, const channel::MineRequest& request);

}  // namespace fieldnote::recorder
