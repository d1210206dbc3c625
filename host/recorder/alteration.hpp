// Held rows rewritten in one transaction: what is read is decided on without a lock, and written
// only where no row has changed meanwhile; where one has, everything is decided anew. A row that
// was sealed in between is gone: that is counted, not undone.
#pragma once

#include <string>
#include <vector>

#include "spool/spool.hpp"

namespace fieldnote::recorder {

// What becomes of one row. Without lines it is removed.
struct AlteredRow {
  spool::HeldRow row;
  std::string lines;
  std::int64_t events = 0;  // that are left in it
  std::int64_t chosen = 0;  // that the change is about
};

enum class Altered { done, changed_meanwhile };

// Writes them into `write`. `gone`: how many chosen events were in rows that are not held any more.
[[nodiscard]] Result<Altered> alter(spool::Spool& spool, spool::Spool::Write& write,
                                    const std::vector<AlteredRow>& rows, std::int64_t& gone);

}  // namespace fieldnote::recorder
