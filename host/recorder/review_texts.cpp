// What leaves in readable text: each string once, with where it stands.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include "channel/message.hpp"
#include "model/event_writer.hpp"
#include "recorder/cursor.hpp"
#include "recorder/each_held.hpp"
#include "recorder/readable.hpp"
#include "recorder/review.hpp"
#include "recorder/selection.hpp"

namespace fieldnote::recorder {
namespace {

constexpr std::size_t most_places = 8;

// Pages are few: their names are kept once.
using Page = std::pair<std::string, std::string>;  // app, address

struct Text {
  std::int64_t events = 0;
  std::int64_t last = -1;  // the event that it was last seen in
  std::unordered_map<std::size_t, std::int64_t> places;
};

struct Found {
  std::array<std::unordered_map<std::string, Text>, wheres.size()> texts;
  std::map<Page, std::size_t> pages;
  std::vector<const Page*> page_list;
  std::int64_t events = 0;

  std::size_t page(const model::Event& event) {
    const auto [at, is_new] = pages.emplace(Page(event.app, event.url), page_list.size());
    if (is_new) page_list.push_back(&at->first);
    return at->second;
  }
  void add(Where where, std::string_view text, std::size_t page) {
    Text& seen = texts[static_cast<std::size_t>(where)][std::string(text)];
    if (seen.last == events) return;
    seen.last = events;
    ++seen.events;
    ++seen.places[page];
  }
};

void append_text(std::string& out, const Found& found, Where where, const std::string& text,
                 const Text& seen) {
  out += R"({"text":)";
  model::append_json_string(out, text);
  out += R"(,"where":")";
  out += word(where);
  out += R"(","events":)" + std::to_string(seen.events) + R"(,"places":[)";
  std::vector<std::pair<std::int64_t, std::size_t>> places;
  for (const auto& [page, events] : seen.places) places.emplace_back(-events, page);
  std::sort(places.begin(), places.end());
  if (places.size() > most_places) places.resize(most_places);
  bool first = true;
  for (const auto& [events, page] : places) {
    const Page& place = *found.page_list[page];
    out += first ? R"({"app":)" : R"(,{"app":)";
    first = false;
    model::append_json_string(out, place.first);
    if (!place.second.empty()) {
      out += R"(,"url":)";
      model::append_json_string(out, place.second);
    }
    out += R"(,"events":)" + std::to_string(-events) + '}';
  }
  out += "]}";
}

}  // namespace

Result<std::string> Review::texts(const channel::HeldTextsRequest& request) {
  const auto skip = items_before(request.after);
  if (!skip) return skip.error();
  std::optional<Selection> selection;
  if (request.which) {
    auto made = Selection::make(spool_, *request.which);
    if (!made) return made.error();
    selection = std::move(*made);
  }
  std::map<std::string, std::string, std::less<>> tasks;
  {
    const auto all = spool_.tasks();
    if (!all) return all.error();
    for (const spool::Task& task : *all)
      if (task.leaves) tasks.emplace(task.id, *task.leaves);
  }
  Found found;
  const auto gather = [&](const spool::HeldRow& row, const HeldLines& lines) -> Result<void> {
    if (selection && !selection->may_hold(row)) return {};
    for (std::size_t i = 0; i < lines.events.size(); ++i) {
      const auto event = reader_.read_held(lines.events[i]);
      if (!event) return event.error();
      if (selection && !selection->holds(row, i, **event)) continue;
      ++found.events;
      const std::size_t page = found.page(**event);
      each_readable(**event, [&](Where where, std::string_view text) {
        if (has_words(text)) found.add(where, text, page);
      });
      if ((*event)->task)
        if (const auto task = tasks.find(*(*event)->task); task != tasks.end())
          found.add(Where::task, task->second, page);
    }
    return {};
  };
  if (const auto gathered = each_held(spool_, gather); !gathered) return gathered.error();

  std::size_t total = 0;
  std::string out = R"(,"texts":[)";
  std::size_t count = 0;
  bool full = false;
  std::string item;
  for (std::size_t place = 0; place < wheres.size(); ++place) {
    std::vector<const std::pair<const std::string, Text>*> sorted;
    for (const auto& entry : found.texts[place]) sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    for (const auto* entry : sorted) {
      if (total++ < *skip || full) continue;
      item = count == 0 ? "" : ",";
      append_text(item, found, static_cast<Where>(place), entry->first, entry->second);
      if (out.size() + item.size() > channel::answer_room) {
        full = true;
        continue;
      }
      out += item;
      ++count;
    }
  }
  out += R"(],"total":)" + std::to_string(total);
  if (full) out += R"(,"next":")" + std::to_string(*skip + count) + '"';
  return out;
}

}  // namespace fieldnote::recorder
