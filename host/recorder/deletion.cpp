#include "recorder/deletion.hpp"

#include <map>
#include <set>

#include "model/event_reader.hpp"
#include "recorder/alteration.hpp"
#include "recorder/each_held.hpp"
#include "recorder/ledger_line.hpp"
#include "recorder/selection.hpp"

namespace fieldnote::recorder {
namespace {

constexpr int most_tries = 5;

// An event by its name within its stream of documents.
using Name = std::pair<std::string, std::uint32_t>;

// What is to be known of all that is held before the first row is touched.
struct Survey {
  std::map<std::int64_t, std::set<std::size_t>> chosen;  // by row: places in it
  std::set<Name> gone;                                   // names of what was chosen
  std::set<std::string> cited_by_gone;                   // outlines
  std::set<std::string> cited;                           // by what stays
};

Result<Survey> take_survey(spool::Spool& spool, const Chooser& chooser) {
  Survey survey;
  model::EventReader reader;
  const auto look_at = [&](const spool::HeldRow& row, const HeldLines& lines) -> Result<void> {
    for (std::size_t i = 0; i < lines.events.size(); ++i) {
      const auto read = reader.read_held(lines.events[i]);
      if (!read) return read.error();
      const model::Event& event = **read;
      const auto judged = chooser(row, i, event);
      if (!judged) return judged.error();
      const bool chosen = *judged;
      if (chosen) {
        survey.chosen[row.id].insert(i);
        survey.gone.emplace(event.document, event.n);
      }
      if (event.has_outline && event.kind != model::Kind::outline)
        (chosen ? survey.cited_by_gone : survey.cited).emplace(event.outline.digest);
    }
    return {};
  };
  if (auto done = each_held(spool, look_at); !done) return done.error();
  return survey;
}

// Whether an event that was not chosen goes with one that was.
bool goes_along(const model::Event& event, const Survey& survey) {
  if (event.kind == model::Kind::effect && event.cause)
    return survey.gone.contains(Name(event.cause_document.value_or(event.document), *event.cause));
  if (event.kind != model::Kind::outline) return false;
  const std::string digest(event.outline.digest);
  return survey.cited_by_gone.contains(digest) && !survey.cited.contains(digest);
}

Result<std::vector<AlteredRow>> without_chosen(spool::Spool& spool, const Survey& survey) {
  std::vector<AlteredRow> altered;
  model::EventReader reader;
  const auto look_at = [&](spool::HeldRow& row, const HeldLines& lines) -> Result<void> {
    const auto at = survey.chosen.find(row.id);
    AlteredRow one;
    for (std::size_t i = 0; i < lines.events.size(); ++i) {
      const bool chosen = at != survey.chosen.end() && at->second.contains(i);
      one.chosen += chosen ? 1 : 0;
      if (chosen) continue;
      const auto event = reader.read_held(lines.events[i]);
      if (!event) return event.error();
      if (goes_along(**event, survey)) continue;
      one.lines += lines.events[i];
      one.lines += '\n';
      ++one.events;
    }
    if (static_cast<std::size_t>(one.events) == lines.events.size()) return {};
    if (one.events > 0 && lines.ledger) {
      // What was taken away from which event the counts do not say: those of redaction go.
      model::Ledger ledger = *lines.ledger;
      ledger.redacted.clear();
      std::string line;
      if (!ledger.empty()) append_ledger_line(line, ledger);
      one.lines.insert(0, line);
    }
    one.row = std::move(row);
    altered.push_back(std::move(one));
    return {};
  };
  if (auto done = each_held(spool, look_at); !done) return done.error();
  return altered;
}

// Everything goes as it is, also what cannot be read any more.
Result<std::vector<AlteredRow>> all_rows(spool::Spool& spool) {
  std::vector<AlteredRow> altered;
  const auto take = [&](spool::HeldRow& row, const HeldLines&) -> Result<void> {
    row.lines.clear();
    const std::int64_t events = row.events;
    altered.push_back({std::move(row), {}, 0, events});
    return {};
  };
  if (auto done = each_held(spool, take); !done) return done.error();
  return altered;
}

// A damaged store that was set aside holds events as well.
Result<void> remove_what_was_set_aside(const platform::fs::path& folder) {
  std::error_code failed;
  std::vector<platform::fs::path> found;
  for (platform::fs::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed))
    if (at->path().filename().string().starts_with("spool.db.damaged-"))
      found.push_back(at->path());
  for (const platform::fs::path& path : found)
    if (!platform::fs::remove(path, failed) && failed)
      return os_error(failed.value(), path.string());
  if (failed) return os_error(failed.value(), folder.string());
  return found.empty() ? Result<void>() : platform::sync_folder(folder);
}

// `choosing`: made anew by each try, since places in a row can change between two; none means
// everything. `reason`: none where nobody is to know.
struct Order {
  std::function<Result<Chooser>()> choosing;
  std::string_view reason;
  [[nodiscard]] bool is_everything() const { return !choosing; }
};

Result<std::optional<Deleted>> try_to_delete(spool::Spool& spool, const Order& order) {
  Result<std::vector<AlteredRow>> rows = Result<std::vector<AlteredRow>>{};
  if (order.is_everything()) {
    rows = all_rows(spool);
  } else {
    const auto chooser = order.choosing();
    if (!chooser) return chooser.error();
    const auto survey = take_survey(spool, *chooser);
    if (!survey) return survey.error();
    if (survey->chosen.empty()) return std::optional(Deleted());
    rows = without_chosen(spool, *survey);
  }
  if (!rows) return rows.error();
  Deleted deleted;
  for (const AlteredRow& row : *rows) deleted.events += row.chosen;
  auto write = spool.write();
  if (!write) return write.error();
  const auto done = alter(spool, *write, *rows, deleted.left_before);
  if (!done) return done.error();
  if (*done == Altered::changed_meanwhile) return std::optional<Deleted>();
  deleted.events -= deleted.left_before;
  if (!order.reason.empty() && deleted.events > 0)
    if (auto counted = write->add_gap(order.reason, deleted.events); !counted)
      return counted.error();
  if (auto committed = write->commit(); !committed) return committed.error();
  return std::optional(deleted);
}

Result<Deleted> carry_out(spool::Spool& spool, const Order& order) {
  for (int tries = 0; tries < most_tries; ++tries) {
    auto deleted = try_to_delete(spool, order);
    if (!deleted && spool::means_full(deleted.error())) {
      // Deleting makes room, and takes some first: that is what the reserve was kept for.
      spool::Spool::spend_reserve(spool.folder());
      deleted = try_to_delete(spool, order);
    }
    if (!deleted) return deleted.error();
    if (!*deleted) continue;
    // A look that nobody asked for and that found nothing disturbs nobody.
    if (!order.reason.empty() && (*deleted)->events == 0) return **deleted;
    if (order.is_everything())
      if (auto removed = remove_what_was_set_aside(spool.folder()); !removed)
        return removed.error();
    const auto erased = spool.give_back_soon();
    if (!erased) return erased.error();
    if (!*erased)
      return Error{
          channel::ProtocolError::unfinished,
          "the events are deleted; their encrypted bytes stay in the log of the store until "
          "nobody reads from it"};
    return **deleted;
  }
  return Error{
      channel::ProtocolError::unfinished,
      "what is held changed again and again while it was deleted; nothing was deleted, ask "
      "again"};
}

}  // namespace

Result<Deleted> delete_held(spool::Spool& spool, const channel::Which& which) {
  if (which.only_all()) return carry_out(spool, {});
  const auto choosing = [&]() -> Result<Chooser> {
    auto selection = Selection::make(spool, which);
    if (!selection) return selection.error();
    return Chooser([chosen = std::move(*selection)](const spool::HeldRow& row, std::size_t index,
                                                    const model::Event& event) -> Result<bool> {
      return chosen.holds(row, index, event);
    });
  };
  return carry_out(spool, {choosing, {}});
}

Result<Deleted> delete_counted(spool::Spool& spool, const Chooser& chooser,
                               std::string_view reason) {
  return carry_out(spool, {[&]() -> Result<Chooser> { return chooser; }, reason});
}

}  // namespace fieldnote::recorder
