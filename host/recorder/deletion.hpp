// Held events deleted: out of the rows, out of the database's free pages
// (secure_delete), out of its log. Nothing counts how often a person does.
#pragma once

#include <functional>

#include "channel/request.hpp"
#include "model/event.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

struct Deleted {
  std::int64_t events = 0;       // chosen and deleted
  std::int64_t left_before = 0;  // chosen, but sealed meanwhile
};

// What the page did after a deleted event, and an outline that nothing held cites any more, go with
// it. Errors: `not_held`; `unfinished` where the rows are gone and the log could not be emptied.
[[nodiscard]] Result<Deleted> delete_held(spool::Spool& spool, const channel::Which& which);

// One event of a row, by its place in the row.
using Chooser =
    std::function<Result<bool>(const spool::HeldRow&, std::size_t, const model::Event&)>;

// The same where it is not the person's word: the events that went are counted as `reason` in the
// ledger of what is sealed next.
[[nodiscard]] Result<Deleted> delete_counted(spool::Spool& spool, const Chooser& chooser,
                                             std::string_view reason);

}  // namespace fieldnote::recorder
