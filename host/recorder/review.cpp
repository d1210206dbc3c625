#include "recorder/review.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <limits>

#include "channel/message.hpp"
#include "model/event_writer.hpp"
#include "recorder/cursor.hpp"
#include "recorder/each_held.hpp"
#include "recorder/selection.hpp"
#include "recorder/situation.hpp"
#include "recorder/tasks.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;

constexpr std::size_t rows_a_read = 16;
// What one page looks at, at the most: a filter that lets little through must not hold up a batch.
constexpr std::size_t most_looked_at = 20000;

// Where a page ends: before this event of this row.
struct Cursor {
  std::int64_t row = std::numeric_limits<std::int64_t>::max() - 1;
  std::size_t index = std::numeric_limits<std::size_t>::max();

  [[nodiscard]] static std::optional<Cursor> parse(std::string_view text) {
    Cursor cursor;
    if (text.empty()) return cursor;
    const char* const end = text.data() + text.size();
    auto [at, failed] = std::from_chars(text.data(), end, cursor.row);
    if (failed != std::errc() || at == end || *at != '.') return std::nullopt;
    const auto [rest, bad] = std::from_chars(at + 1, end, cursor.index);
    if (bad != std::errc() || rest != end || cursor.row < 1) return std::nullopt;
    return cursor;
  }
  [[nodiscard]] std::string text() const {
    return std::to_string(row) + '.' + std::to_string(index);
  }
};

}  // namespace

Result<std::int64_t> Review::leaves_in(const spool::HeldRow& row) {
  auto at = windows_.find(row.terms);
  if (at == windows_.end()) {
    const auto terms = spool_.terms(row.terms);
    if (!terms) return terms.error();
    at = windows_.emplace(row.terms, *terms ? (*terms)->window : std::chrono::seconds(0)).first;
  }
  return std::max(std::chrono::seconds(0), row.use + at->second - use_).count();
}

Result<std::string> Review::events(const channel::HeldEventsRequest& request) {
  auto cursor = Cursor::parse(request.before);
  if (!cursor) return no_cursor();
  const auto clock = spool_.clock_now();
  if (!clock) return clock.error();
  use_ = clock->use;
  std::optional<Selection> selection;
  if (request.which) {
    auto made = Selection::make(spool_, *request.which);
    if (!made) return made.error();
    selection = std::move(*made);
  }
  std::string out = R"(,"events":[)";
  std::size_t count = 0;
  std::size_t looked_at = 0;
  const auto page_ends = [&](std::size_t more) {
    return count == request.most || out.size() + more > channel::answer_room ||
           looked_at >= most_looked_at;
  };
  const auto close = [&](bool more) {
    out += ']';
    if (more) out += R"(,"next":")" + cursor->text() + '"';
    return out;
  };
  std::string item;
  for (std::int64_t below = cursor->row + 1;;) {
    const auto rows = spool_.held_before(below, rows_a_read);
    if (!rows) return rows.error();
    if (rows->empty()) return close(false);
    for (const spool::HeldRow& row : *rows) {
      below = row.id;
      if (selection && !selection->may_hold(row)) continue;
      const auto lines = split_held(row.lines);
      const auto leaves = leaves_in(row);
      if (!leaves) return leaves.error();
      std::size_t i = lines.events.size();
      if (row.id == cursor->row) i = std::min(i, cursor->index);
      while (i-- > 0) {
        ++looked_at;
        const auto event = reader_.read_held(lines.events[i]);
        if (!event) return event.error();
        if (selection && !selection->holds(row, i, **event)) continue;
        item = count == 0 ? R"({"key":")" : R"(,{"key":")";
        item += channel::EventKey{row.id, std::string((*event)->document), (*event)->n}.text();
        item += R"(","leaves_in":)" + std::to_string(*leaves);
        if ((*event)->kind == model::Kind::outline && !request.whole_outlines) {
          item += R"(,"lines":)" + std::to_string((*event)->outline.lines.size());
          (*event)->outline.lines.clear();
          item += R"(,"event":)";
          model::append_held(item, **event);
        } else {
          item += R"(,"event":)";
          item += lines.events[i];
        }
        item += '}';
        if (page_ends(item.size())) {
          *cursor = {row.id, i + 1};
          return close(true);
        }
        out += item;
        ++count;
      }
      *cursor = {row.id, 0};
      if (page_ends(0)) return close(true);
    }
  }
}

Result<std::string> Review::counts() {
  json::object answer;
  struct Group {
    std::int64_t events = 0;
  };
  std::map<std::pair<std::string, std::string>, Group> groups;
  std::map<std::string, std::int64_t> by_task;
  model::Ledger ledger;
  std::int64_t events = 0;
  std::int64_t damaged = 0;
  const auto count = [&](const spool::HeldRow& row, const HeldLines& lines) -> Result<void> {
    if (row.damaged) damaged += row.events;
    if (lines.ledger) ledger.add(*lines.ledger);
    for (const std::string_view line : lines.events) {
      const auto event = reader_.read_held(line);
      if (!event) return event.error();
      const std::string task((*event)->task.value_or(""));
      ++groups[{std::string((*event)->app), task}].events;
      ++by_task[task];
      ++ledger.recorded[std::string(model::word((*event)->kind))];
      ++events;
    }
    return {};
  };
  if (const auto counted = each_held(spool_, count); !counted) return counted.error();
  answer["events"] = events;
  if (damaged > 0) answer["damaged"] = damaged;
  json::array& told_groups = answer["groups"].emplace_array();
  for (const auto& [place, group] : groups) {
    json::object told{{"app", place.first}, {"events", group.events}};
    if (!place.second.empty()) told["task"] = place.second;
    told_groups.push_back(std::move(told));
  }
  const auto person = spool_.person();
  if (!person) return person.error();
  const auto tasks = spool_.tasks();
  if (!tasks) return tasks.error();
  json::array& told_tasks = answer["tasks"].emplace_array();
  for (const spool::Task& task : *tasks) {
    const auto held = by_task.find(task.id);
    if (held == by_task.end() && person->task != task.id) continue;
    channel::ToldTask one = told(task);
    one.events = held == by_task.end() ? 0 : held->second;
    told_tasks.push_back(one.to_json());
  }
  answer["ledger"] = ledger.to_json();
  const auto held = held_now(spool_);
  if (!held) return held.error();
  answer["held"] = held->to_json();
  const auto now = spool_.held_now();
  if (!now) return now.error();
  if (now->last_leaves) {
    const auto clock = spool_.clock_now();
    if (!clock) return clock.error();
    answer["last_leaves_in"] =
        std::max(std::chrono::seconds(0), *now->last_leaves - clock->use).count();
  }
  std::string text = json::serialize(answer);
  text.front() = ',';  // members behind others
  text.pop_back();
  return text;
}

}  // namespace fieldnote::recorder
