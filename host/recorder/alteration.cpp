#include "recorder/alteration.hpp"

namespace fieldnote::recorder {

Result<Altered> alter(spool::Spool& spool, spool::Spool::Write& write,
                      const std::vector<AlteredRow>& rows, std::int64_t& gone) {
  gone = 0;
  for (const AlteredRow& altered : rows) {
    const auto done =
        altered.lines.empty()
            ? write.take_out(altered.row)
            : write.rewrite(altered.row, spool.seal(altered.row.stream, altered.row.seq,
                                                    altered.events, altered.lines));
    if (!done) return done.error();
    if (*done) continue;
    const auto now = spool.held(altered.row.id - 1, 1);
    if (!now) return now.error();
    if (!now->empty() && now->front().id == altered.row.id) return Altered::changed_meanwhile;
    gone += altered.chosen;
  }
  return Altered::done;
}

}  // namespace fieldnote::recorder
