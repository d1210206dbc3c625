#include "recorder/relabelling.hpp"

#include "model/event_reader.hpp"
#include "model/event_writer.hpp"
#include "recorder/alteration.hpp"
#include "recorder/each_held.hpp"
#include "recorder/ledger_line.hpp"
#include "recorder/selection.hpp"
#include "recorder/tasks.hpp"

namespace fieldnote::recorder {
namespace {

constexpr int most_tries = 5;

// The rows with chosen events, these given to `task`; empty: to none.
Result<std::vector<AlteredRow>> given_to(spool::Spool& spool, const Selection& selection,
                                         const std::string& task) {
  std::vector<AlteredRow> altered;
  model::EventReader reader;
  const auto done =
      each_held(spool, [&](spool::HeldRow& row, const HeldLines& lines) -> Result<void> {
        if (!selection.may_hold(row) || row.damaged) return {};
        AlteredRow one;
        if (lines.ledger) append_ledger_line(one.lines, *lines.ledger);
        for (std::size_t i = 0; i < lines.events.size(); ++i) {
          const auto event = reader.read_held(lines.events[i]);
          if (!event) return event.error();
          if (selection.holds(row, i, **event)) {
            ++one.chosen;
            (*event)->task.reset();
            if (!task.empty()) (*event)->task = task;
            model::append_held(one.lines, **event);
          } else {
            one.lines += lines.events[i];
          }
          one.lines += '\n';
        }
        if (one.chosen == 0) return {};
        one.events = static_cast<std::int64_t>(lines.events.size());
        row.lines.clear();
        one.row = std::move(row);
        altered.push_back(std::move(one));
        return {};
      });
  if (!done) return done.error();
  return altered;
}

Result<Labelled> rename(spool::Spool& spool, const policy::Assignment* assignment,
                        const channel::LabelRequest& request) {
  auto old = spool.task(*request.which.task);
  if (!old) return old.error();
  if (!*old)
    return Error{channel::ProtocolError::not_held,
                 "there is no task " + *request.which.task + " here"};
  spool::Task renamed = make_task(assignment, request.words);
  renamed.id = (*old)->id;
  renamed.outcome = request.outcome ? request.outcome : (*old)->outcome;
  auto write = spool.write();
  if (!write) return write.error();
  if (auto put = write->put_task(renamed); !put) return put.error();
  if (auto done = write->commit(); !done) return done.error();
  return Labelled{0, std::move(renamed)};
}

}  // namespace

Result<Labelled> label_held(spool::Spool& spool, const policy::Assignment* assignment,
                            const channel::LabelRequest& request) {
  const auto& which = request.which;
  const bool names = !request.words.text.empty();
  if (names && which.only_task() && !which.task->empty()) return rename(spool, assignment, request);
  Labelled labelled;
  if (names) {
    labelled.task = make_task(assignment, request.words);
    labelled.task->outcome = request.outcome.value_or("done");
  }
  for (int tries = 0; tries < most_tries; ++tries) {
    const auto selection = Selection::make(spool, which);
    if (!selection) return selection.error();
    const auto rows =
        given_to(spool, *selection, labelled.task ? labelled.task->id : std::string());
    if (!rows) return rows.error();
    labelled.events = 0;
    for (const AlteredRow& row : *rows) labelled.events += row.chosen;
    if (rows->empty()) return Labelled();
    auto write = spool.write();
    if (!write) return write.error();
    std::int64_t gone = 0;
    const auto done = alter(spool, *write, *rows, gone);
    if (!done) return done.error();
    if (*done == Altered::changed_meanwhile) continue;
    if (labelled.task)
      if (auto put = write->put_task(*labelled.task); !put) return put.error();
    if (auto committed = write->commit(); !committed) return committed.error();
    labelled.events -= gone;
    return labelled;
  }
  return Error{channel::ProtocolError::unfinished,
               "what is held changed again and again meanwhile; nothing was done, ask again"};
}

}  // namespace fieldnote::recorder
