// All that is held, the oldest first: a few rows in memory at a time, and no reading of the
// database goes on between them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "recorder/held_lines.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

// `visit` takes a HeldRow& and its HeldLines, which are views of it, and returns a Result<void>: an
// error ends the pass.
template <class Visit>
[[nodiscard]] Result<void> each_held(spool::Spool& spool, Visit&& visit) {
  constexpr std::size_t rows_a_read = 16;
  for (std::int64_t after = 0;;) {
    auto rows = spool.held(after, rows_a_read);
    if (!rows) return rows.error();
    if (rows->empty()) return {};
    for (spool::HeldRow& row : *rows) {
      after = row.id;
      const HeldLines lines = split_held(row.lines);
      if (const Result<void> done = visit(row, lines); !done) return done;
    }
  }
}

}  // namespace fieldnote::recorder
