// Cuts what one key sealed into stretches of work: the events of one stream in one app, in the
// order in which they happened, up to where the person left the allowlist or took up another task.
// Keeps only the stretches that are open.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/bundle_reader.hpp"
#include "model/event_reader.hpp"

namespace fieldnote::dataset {

// Whether an event of the kind is a step of its own.
[[nodiscard]] constexpr bool is_action(model::Kind kind) {
  return kind != model::Kind::effect && kind != model::Kind::outline;
}

// Lines of events, each without its line feed. Effects stand among them, behind their actions.
struct Stretch {
  std::string app;
  std::vector<std::string> lines;
  std::set<std::string, std::less<>> outlines;  // those among the lines, by document and digest
  std::string task;                             // of all of them: its id; empty: none
  bool ends = true;                             // false: the work on it went on
};

class Cutter {
 public:
  // A longer one is cut in two.
  static constexpr std::size_t most_lines = 1000;

  using Take = std::function<Result<void>(Stretch&&)>;
  explicit Cutter(Take take) : take_(std::move(take)) {}

  // Bundles in the order of their numbers. Fails where a line is no event; none of the bundle's
  // events is used then.
  [[nodiscard]] Result<void> add(const Bundle& bundle);
  // No more bundles come.
  [[nodiscard]] Result<void> finish();

  // Events that were sealed twice, as when a computer was set back to an older state.
  [[nodiscard]] std::uint64_t doubles() const { return doubles_; }

 private:
  // Numbers of batches, as closed ranges that do not touch.
  class Seen {
   public:
    [[nodiscard]] bool has(std::uint64_t seq) const;
    void add(std::uint64_t seq);

   private:
    std::map<std::uint64_t, std::uint64_t> ranges_;  // first -> last
  };
  // An outline is sent once, and cited in later stretches too.
  struct Outline {
    std::string id;  // its document and digest
    std::string line;
  };
  // Of the last so many outlines of a stream; one that was cited longer ago is missed.
  static constexpr std::size_t most_outlines = 128;
  struct Stream {
    Seen seen;                                         // in the bundles before
    std::uint64_t last_seq = 0;                        // of the events taken
    std::map<std::string, Stretch, std::less<>> open;  // by app
    std::deque<Outline> outlines;
  };

  [[nodiscard]] Result<void> take(const model::Event& event, std::string_view line);
  static void bring_outline(const Stream& stream, Stretch& stretch, std::string id);
  [[nodiscard]] Result<void> close(Stream& stream);
  [[nodiscard]] Result<void> close(Stretch& stretch);

  Take take_;
  std::map<std::string, Stream, std::less<>> streams_;
  model::EventReader reader_;
  std::uint64_t doubles_ = 0;
};

}  // namespace fieldnote::dataset
