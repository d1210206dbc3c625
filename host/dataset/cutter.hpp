// Cuts what one key sealed into stretches of work: the events of one stream in one app, in the
// order in which they happened, up to where the person left the allowlist or took up another task.
// Keeps only the stretches that are open.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/bundle_reader.hpp"
#include "dataset/seen_batches.hpp"
#include "dataset/shown_outlines.hpp"
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
};

template <class Line>
class CutterOf {
 public:
  // A longer one is cut in two.
  static constexpr std::size_t most_lines = 1000;

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
  struct Stream {
    SeenBatches seen;                                  // in the bundles before
    std::uint64_t last_seq = 0;                        // of the events taken
    std::map<std::string, Stretch, std::less<>> open;  // by app
    ShownOutlines<Line> outlines;
  };

  Stream& stream_of(const model::HeldHead& head);
  Stretch& stretch_of(Stream& stream, std::string_view app);
  static void bring_outline(const Stream& stream, Stretch& stretch, std::string_view id);
  [[nodiscard]] Result<void> close(Stream& stream);
  [[nodiscard]] Result<void> close(Stretch& stretch);

  Take take_;
  std::map<std::string, Stream, std::less<>> streams_;
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
auto CutterOf<Line>::stretch_of(Stream& stream, std::string_view app) -> Stretch& {
  const auto open = stream.open.find(app);
  if (open != stream.open.end()) return open->second;
  Stretch& stretch = stream.open[std::string(app)];
  stretch.app = app;
  return stretch;
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
  // Sealed before what came earlier, as a shorter review window makes it: the order would be wrong.
  const bool turned = head.seq < stream.last_seq;
  stream.last_seq = head.seq;
  if (turned || head.kind == model::Kind::away) {
    if (auto closed = close(stream); !closed) return closed;
  }
  if (!model::bears_url(head.kind)) return {};
  if (head.outline) outline_.assign(head.document).append(*head.outline);
  if (head.kind == model::Kind::outline) {
    stream.outlines.add(outline_, std::move(line));
    // A stretch that nothing is done in has none. It stands where it was seen, for those that join
    // it.
    const auto open = stream.open.find(head.app);
    if (open != stream.open.end()) bring_outline(stream, open->second, outline_);
    return {};
  }

  Stretch& stretch = stretch_of(stream, head.app);
  if (stretch.lines.size() >= most_lines && head.kind != model::Kind::effect) {
    if (auto closed = close(stretch); !closed) return closed;
  }
  if (const auto task = head.task.value_or(""); stretch.task != task) {
    if (auto closed = close(stretch); !closed) return closed;
    stretch.task = task;
  }
  if (head.outline) bring_outline(stream, stretch, outline_);
  stretch.lines.push_back(std::move(line));
  return {};
}

template <class Line>
void CutterOf<Line>::end_bundle() {
  for (const auto& [stream, seq] : batches_) stream->seen.add(seq);
  batches_.clear();
}

template <class Line>
void CutterOf<Line>::bring_outline(const Stream& stream, Stretch& stretch, std::string_view id) {
  if (stretch.outlines.contains(id)) return;
  const Line* const line = stream.outlines.find(id);
  if (line == nullptr) return;
  stretch.lines.push_back(*line);
  stretch.outlines.emplace(id);
}

template <class Line>
Result<void> CutterOf<Line>::close(Stretch& stretch) {
  if (stretch.lines.empty()) return {};
  return take_({stretch.app, std::exchange(stretch.lines, {}), std::exchange(stretch.outlines, {}),
                stretch.task});
}

template <class Line>
Result<void> CutterOf<Line>::close(Stream& stream) {
  for (auto& [app, stretch] : stream.open)
    if (auto closed = close(stretch); !closed) return closed;
  stream.open.clear();
  return {};
}

template <class Line>
Result<void> CutterOf<Line>::finish() {
  for (auto& [id, stream] : streams_)
    if (auto closed = close(stream); !closed) return closed;
  return {};
}

}  // namespace fieldnote::dataset
