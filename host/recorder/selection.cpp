#include "recorder/selection.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "recorder/readable.hpp"

namespace fieldnote::recorder {
namespace {

// The clock of a row may be read a minute before it was stored.
constexpr std::chrono::seconds clock_slack{60};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The same for texts that differ in case alone.
std::string folded(std::string_view text) {
  std::string out(text);
  if (is_ascii(text)) {
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  }
  utf8proc_uint8_t* room = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &room,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  if (size >= 0) out.assign(reinterpret_cast<const char*>(room), static_cast<std::size_t>(size));
  std::free(room);
  return out;
}

// Whether an address lies at or below another: not /orders2 below /orders.
bool begins_with(std::string_view url, std::string_view site) {
  while (site.ends_with('/')) site.remove_suffix(1);
  return url.starts_with(site) && (url.size() == site.size() || url[site.size()] == '/');
}

}  // namespace

Result<Selection::End> Selection::find(spool::Spool& spool, const channel::EventKey& key) {
  const auto rows = spool.held(key.row - 1, 1);
  if (!rows) return rows.error();
  if (!rows->empty() && rows->front().id == key.row) {
    model::EventReader reader;
    const auto lines = split_held(rows->front().lines);
    for (std::size_t i = 0; i < lines.events.size(); ++i)
      if (const auto event = reader.read_held(lines.events[i]);
          event && (*event)->document == key.document && (*event)->n == key.n)
        return End{key.row, i};
  }
  return Error{channel::ProtocolError::not_held,
               "the event " + key.text() + " is not held here any more"};
}

Result<Selection> Selection::make(spool::Spool& spool, const channel::Which& which) {
  Selection selection(which);
  if (which.text) selection.folded_ = folded(*which.text);
  std::sort(selection.which_.events.begin(), selection.which_.events.end());
  if (which.since) {
    const auto clock = spool.clock_now();
    if (!clock) return clock.error();
    selection.oldest_ = clock->age - *which.since - clock_slack;
  }
  if (which.range) {
    const auto from = find(spool, which.range->first);
    if (!from) return from.error();
    const auto to = find(spool, which.range->second);
    if (!to) return to.error();
    selection.from_ = std::min(*from, *to);
    selection.to_ = std::max(*from, *to);
  }
  return selection;
}

bool Selection::may_hold(const spool::HeldRow& row) const {
  const auto& keys = which_.events;
  if (!keys.empty()) {
    const auto at = std::lower_bound(
        keys.begin(), keys.end(), row.id,
        [](const channel::EventKey& key, std::int64_t id) { return key.row < id; });
    if (at == keys.end() || at->row != row.id) return false;
  }
  if (which_.range && (row.id < from_.row || row.id > to_.row)) return false;
  return !which_.since || row.age >= oldest_;
}

bool Selection::holds(const spool::HeldRow& row, std::size_t index,
                      const model::Event& event) const {
  if (!may_hold(row)) return false;
  if (!which_.events.empty() &&
      !std::binary_search(which_.events.begin(), which_.events.end(),
                          channel::EventKey{row.id, std::string(event.document), event.n}))
    return false;
  if (which_.range && (End{row.id, index} < from_ || to_ < End{row.id, index})) return false;
  if (which_.app && event.app != *which_.app) return false;
  if (which_.site && !begins_with(event.url, *which_.site)) return false;
  if (which_.task && event.task.value_or("") != *which_.task) return false;
  return !which_.text || has_text(event);
}

bool Selection::has_text(const model::Event& event) const {
  bool found = false;
  each_readable(event, [&](Where, std::string_view text) {
    found = found || folded(text).find(folded_) != std::string::npos;
  });
  return found;
}

}  // namespace fieldnote::recorder
