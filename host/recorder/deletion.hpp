// Held events deleted at the person's word: out of the rows, out of the database's free pages
// (secure_delete), out of its log. Nothing counts how often.
#pragma once

#include "channel/request.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

struct Deleted {
  std::int64_t events = 0;       // chosen and deleted
  std::int64_t left_before = 0;  // chosen, but sealed meanwhile
};

// What the page did after a deleted event, and an outline that nothing held cites any more, go with
// it. Errors: `not_held`; `unfinished` where the rows are gone and the log could not be emptied.
[[nodiscard]] Result<Deleted> delete_held(spool::Spool& spool, const channel::Which& which);

}  // namespace fieldnote::recorder
