// Cuts what one key sealed into stretches of work: the events of one stream in one app, in the
// order in which they happened, up to where the person left the allowlist or took up another task.
// Keeps only the stretches that are open, of few streams: one that nothing came of for long is left
// as it is, and what comes of it later is a stretch of its own.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/reading/bundle_reader.hpp"
#include "dataset/reading/seen_batches.hpp"
#include "dataset/reading/shown_outlines.hpp"
#include "model/event_reader.hpp"
#include "model/held_head.hpp"

namespace fieldnote::dataset {

// Whether an event of the kind is a step of its own.
[[nodiscard]] constexpr bool is_action(model::Kind kind) {
  return kind != model::Kind::effect && kind != model::Kind::outline;
}

// Events, each as a `Line`, which is whatever a reading keeps of one. Effects stand among them,
// behind their actions.
template <class Line>
struct StretchOf {
  std::string app;
  std::vector<Line> lines;
  std::set<std::string, std::less<>> outlines;  // those among the lines, by document and digest
  std::string task;                             // of all of them: its id; empty: none
  bool ends = true;                             // false: the work on it went on
  std::size_t bytes = 0;                        // of the lines, while it is cut
};

// `Line` has a `size()`: bytes of the line that it is of, the same in each reading.
template <class Line>
class CutterOf {
 public:
  // A longer one is cut in two.
  static constexpr std::size_t most_lines = 1000;
  // Streams that are open, and bytes of what they hold.
  static constexpr std::size_t most_open = 16, most_bytes = 24 << 20;
  // Streams of which it is known what came of them. A batch that comes again when so many others
  // have come since is taken for a new one.
  static constexpr std::size_t most_known = 100'000;

  using Take = std::function<Result<void>(StretchOf<Line>&&)>;
  explicit CutterOf(Take take) : take_(std::move(take)) {}

  // The next event of a bundle, bundles in the order of their numbers.
  [[nodiscard]] Result<void> add(const model::HeldHead& head, Line line);
  // The bundle is over: what it holds is known when it comes again.
  void end_bundle();
  // No more bundles come.
  [[nodiscard]] Result<void> finish();

  // Events that were sealed twice, as when a computer was set back to an older state.
  [[nodiscard]] std::uint64_t doubles() const { return doubles_; }

 private:
  using Stretch = StretchOf<Line>;
  // What is held of a stream while it is open.
  struct Open {
    std::map<std::string, Stretch, std::less<>> stretches;  // by app
    ShownOutlines<Line> outlines;
  };
  struct Stream {
    SeenBatches seen;            // in the bundles before
    std::uint64_t last_seq = 0;  // of the events taken
    std::uint64_t used = 0;      // when something came last
    std::unique_ptr<Open> open;
  };

  Stream& stream_of(const model::HeldHead& head);
  [[nodiscard]] Result<Open*> opened(Stream& stream);
  Stretch& stretch_of(Open& open, std::string_view app);
  void push(Stretch& stretch, Line line);
  void bring_outline(const Open& open, Stretch& stretch, std::string_view id);
  [[nodiscard]] Result<void> make_room(const Stream& stream);
  [[nodiscard]] Result<void> close_stretches(Open& open);
  [[nodiscard]] Result<void> close(Stream& stream);
  [[nodiscard]] Result<void> close(Stretch& stretch);
  void forget_streams();

  Take take_;
  std::map<std::string, Stream, std::less<>> streams_;
  std::vector<Stream*> open_;                               // those that are, the latest last
  std::size_t bytes_ = 0;                                   // of what they hold
  std::uint64_t time_ = 0;                                  // one more with each event
  std::vector<std::pair<Stream*, std::uint64_t>> batches_;  // of the bundle, as they came
  std::string outline_;                                     // of the event: document and digest
  std::uint64_t doubles_ = 0;
};

// Lines as they are, each without its line feed.
using Stretch = StretchOf<std::string>;

class Cutter {
 public:
  explicit Cutter(CutterOf<std::string>::Take take) : cutter_(std::move(take)) {}

  // Of a bundle whose lines were found to be events before.
  [[nodiscard]] Result<void> add(const Bundle& bundle);
  [[nodiscard]] Result<void> finish() { return cutter_.finish(); }

 private:
  CutterOf<std::string> cutter_;
  model::EventReader reader_;
};

// Calls `f(head, line)` with each of `lines`, each with its line feed, until one fails; `reader`
// reads those that are not spelled as ours.
template <class F>
[[nodiscard]] Result<void> each_head(std::string_view lines, model::EventReader& reader, F&& f) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    std::optional<model::HeldHead> head = model::read_head(line);
    if (!head) {
      const auto event = reader.read_held(line);
      if (!event) return event.error();
      head = model::head_of(**event);
    }
    if (Result<void> done = f(*head, line); !done) return done;
  }
  return {};
}

template <class Line>
auto CutterOf<Line>::stream_of(const model::HeldHead& head) -> Stream& {
  const auto at = streams_.find(head.stream);
  return at != streams_.end() ? at->second : streams_[std::string(head.stream)];
}

template <class Line>
auto CutterOf<Line>::opened(Stream& stream) -> Result<Open*> {
  stream.used = ++time_;
  if (!open_.empty() && open_.back() == &stream) return stream.open.get();
  std::erase(open_, &stream);
  open_.push_back(&stream);
  if (!stream.open) stream.open = std::make_unique<Open>();
  if (open_.size() > most_open)
    if (auto closed = close(*open_.front()); !closed) return closed.error();
  return stream.open.get();
}

template <class Line>
auto CutterOf<Line>::stretch_of(Open& open, std::string_view app) -> Stretch& {
  const auto at = open.stretches.find(app);
  if (at != open.stretches.end()) return at->second;
  Stretch& stretch = open.stretches[std::string(app)];
  stretch.app = app;
  return stretch;
}

template <class Line>
void CutterOf<Line>::push(Stretch& stretch, Line line) {
  bytes_ += line.size();
  stretch.bytes += line.size();
  stretch.lines.push_back(std::move(line));
}

template <class Line>
Result<void> CutterOf<Line>::add(const model::HeldHead& head, Line line) {
  Stream& stream = stream_of(head);
  if (batches_.empty() || batches_.back() != std::pair(&stream, head.seq))
    batches_.emplace_back(&stream, head.seq);
  if (stream.seen.has(head.seq)) {
    ++doubles_;
    return {};
  }
  auto open = opened(stream);
  if (!open) return open.error();
  // Sealed before what came earlier, as a shorter review window makes it: the order would be wrong.
  const bool turned = head.seq < stream.last_seq;
  stream.last_seq = head.seq;
  if (turned || head.kind == model::Kind::away) {
    if (auto closed = close_stretches(**open); !closed) return closed;
  }
  if (!model::bears_url(head.kind)) return {};
  if (auto made = make_room(stream); !made) return made;
  if (head.outline) outline_.assign(head.document).append(*head.outline);
  if (head.kind == model::Kind::outline) {
    const std::size_t before = (*open)->outlines.bytes();
    (*open)->outlines.add(outline_, std::move(line));
    bytes_ = bytes_ + (*open)->outlines.bytes() - before;
    // A stretch that nothing is done in has none. It stands where it was seen, for those that join
    // it.
    const auto at = (*open)->stretches.find(head.app);
    if (at != (*open)->stretches.end()) bring_outline(**open, at->second, outline_);
    return {};
  }

  Stretch& stretch = stretch_of(**open, head.app);
  if (stretch.lines.size() >= most_lines && head.kind != model::Kind::effect) {
    if (auto closed = close(stretch); !closed) return closed;
  }
  if (const auto task = head.task.value_or(""); stretch.task != task) {
    if (auto closed = close(stretch); !closed) return closed;
    stretch.task = task;
  }
  if (head.outline) bring_outline(**open, stretch, outline_);
  push(stretch, std::move(line));
  return {};
}

template <class Line>
void CutterOf<Line>::end_bundle() {
  for (const auto& [stream, seq] : batches_) stream->seen.add(seq);
  batches_.clear();
  if (streams_.size() > most_known) forget_streams();
}

template <class Line>
void CutterOf<Line>::bring_outline(const Open& open, Stretch& stretch, std::string_view id) {
  if (stretch.outlines.contains(id)) return;
  const Line* const line = open.outlines.find(id);
  if (line == nullptr) return;
  push(stretch, *line);
  stretch.outlines.emplace(id);
}

// Before something is added to `stream`, which stays open.
template <class Line>
Result<void> CutterOf<Line>::make_room(const Stream& stream) {
  while (bytes_ > most_bytes && open_.front() != &stream)
    if (auto closed = close(*open_.front()); !closed) return closed;
  return bytes_ > most_bytes ? close_stretches(*stream.open) : Result<void>();
}

template <class Line>
Result<void> CutterOf<Line>::close(Stretch& stretch) {
  bytes_ -= std::exchange(stretch.bytes, 0);
  if (stretch.lines.empty()) return {};
  return take_({stretch.app, std::exchange(stretch.lines, {}), std::exchange(stretch.outlines, {}),
                stretch.task});
}

template <class Line>
Result<void> CutterOf<Line>::close_stretches(Open& open) {
  for (auto& [app, stretch] : open.stretches)
    if (auto closed = close(stretch); !closed) return closed;
  open.stretches.clear();
  return {};
}

template <class Line>
Result<void> CutterOf<Line>::close(Stream& stream) {
  if (auto closed = close_stretches(*stream.open); !closed) return closed;
  bytes_ -= stream.open->outlines.bytes();
  stream.open.reset();
  std::erase(open_, &stream);
  return {};
}

// The half that nothing came of for longest.
template <class Line>
void CutterOf<Line>::forget_streams() {
  std::vector<std::uint64_t> used;
  for (const auto& [id, stream] : streams_) used.push_back(stream.used);
  const auto middle = used.begin() + static_cast<std::ptrdiff_t>(used.size() / 2);
  std::nth_element(used.begin(), middle, used.end());
  std::erase_if(streams_,
                [&](const auto& each) { return !each.second.open && each.second.used < *middle; });
}

template <class Line>
Result<void> CutterOf<Line>::finish() {
  for (auto& [id, stream] : streams_)
    if (stream.open)
      if (auto closed = close(stream); !closed) return closed;
  return {};
}

}  // namespace fieldnote::dataset
