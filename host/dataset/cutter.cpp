#include "dataset/cutter.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace fieldnote::dataset {
namespace {

// Calls `f` with each line and its number, from 1, until one fails.
template <class F>
Result<void> each_line(std::string_view text, F&& f) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    if (Result<void> done = f(line, number); !done) return done;
  }
  return {};
}

std::string outline_id(const model::Event& event) {
  return std::string(event.document) + std::string(event.outline.digest);
}

}  // namespace

bool Cutter::Seen::has(std::uint64_t seq) const {
  const auto after = ranges_.upper_bound(seq);
  return after != ranges_.begin() && std::prev(after)->second >= seq;
}

void Cutter::Seen::add(std::uint64_t seq) {
  if (has(seq)) return;
  auto after = ranges_.upper_bound(seq);
  const bool joins_after = after != ranges_.end() && after->first == seq + 1;
  if (after != ranges_.begin() && std::prev(after)->second + 1 == seq) {
    const auto before = std::prev(after);
    before->second = joins_after ? after->second : seq;
    if (joins_after) ranges_.erase(after);
  } else if (joins_after) {
    const std::uint64_t last = after->second;
    ranges_.erase(after);
    ranges_.emplace(seq, last);
  } else {
    ranges_.emplace(seq, seq);
  }
}

Result<void> Cutter::add(const Bundle& bundle) {
  if (auto readable =
          each_line(bundle.lines,
                    [&](std::string_view line, std::size_t number) -> Result<void> {
                      auto event = reader_.read_held(line);
                      if (event) return {};
                      return std::move(event.error()).at("event " + std::to_string(number));
                    });
      !readable)
    return readable;
  std::set<std::pair<std::string, std::uint64_t>> batches;
  if (auto taken = each_line(bundle.lines,
                             [&](std::string_view line, std::size_t) -> Result<void> {
                               const auto event = reader_.read_held(line);
                               if (!event) return event.error();
                               batches.emplace((*event)->stream, (*event)->seq);
                               return take(**event, line);
                             });
      !taken)
    return taken;
  for (const auto& [stream, seq] : batches) streams_[stream].seen.add(seq);
  return {};
}

Result<void> Cutter::take(const model::Event& event, std::string_view line) {
  auto at = streams_.find(event.stream);
  if (at == streams_.end()) at = streams_.emplace(std::string(event.stream), Stream()).first;
  Stream& stream = at->second;
  if (stream.seen.has(event.seq)) {
    ++doubles_;
    return {};
  }
  // Sealed before what came earlier, as a shorter review window makes it: the order would be wrong.
  const bool turned = event.seq < stream.last_seq;
  stream.last_seq = event.seq;
  if (turned || event.kind == model::Kind::away) {
    if (auto closed = close(stream); !closed) return closed;
  }
  if (!model::bears_url(event.kind)) return {};
  if (event.kind == model::Kind::outline) {
    stream.outlines.push_back({outline_id(event), std::string(line)});
    if (stream.outlines.size() > most_outlines) stream.outlines.pop_front();
    // A stretch that nothing is done in has none. It stands where it was seen, for those that join
    // it.
    const auto open = stream.open.find(event.app);
    if (open != stream.open.end()) bring_outline(stream, open->second, outline_id(event));
    return {};
  }

  auto open = stream.open.find(event.app);
  if (open == stream.open.end()) {
    open = stream.open.try_emplace(std::string(event.app)).first;
    open->second.app = event.app;
  }
  Stretch& stretch = open->second;
  if (stretch.lines.size() >= most_lines && event.kind != model::Kind::effect) {
    if (auto closed = close(stretch); !closed) return closed;
  }
  if (const auto task = event.task.value_or(""); stretch.task != task) {
    if (auto closed = close(stretch); !closed) return closed;
    stretch.task = task;
  }
  if (event.has_outline) bring_outline(stream, stretch, outline_id(event));
  stretch.lines.emplace_back(line);
  return {};
}

void Cutter::bring_outline(const Stream& stream, Stretch& stretch, std::string id) {
  if (stretch.outlines.contains(id)) return;
  const auto found = std::find_if(stream.outlines.rbegin(), stream.outlines.rend(),
                                  [&](const Outline& outline) { return outline.id == id; });
  if (found == stream.outlines.rend()) return;
  stretch.lines.push_back(found->line);
  stretch.outlines.insert(std::move(id));
}

Result<void> Cutter::close(Stretch& stretch) {
  if (stretch.lines.empty()) return {};
  return take_({stretch.app, std::exchange(stretch.lines, {}), std::exchange(stretch.outlines, {}),
                stretch.task});
}

Result<void> Cutter::close(Stream& stream) {
  for (auto& [app, stretch] : stream.open)
    if (auto closed = close(stretch); !closed) return closed;
  stream.open.clear();
  return {};
}

Result<void> Cutter::finish() {
  for (auto& [id, stream] : streams_)
    if (auto closed = close(stream); !closed) return closed;
  return {};
}

}  // namespace fieldnote::dataset
