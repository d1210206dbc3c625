// The page as it was before each action of a trajectory: outlines by the documents that they are
// of, those of frames joined into that of the page. Texts must have passed the release gate, and
// outlive this. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/event.hpp"

namespace fieldnote::dataset {

struct Observation {
  bool fresh = false;                   // the page had not changed since
  std::optional<std::string_view> ref;  // of the target; "f1e5": in the first frame of the text
  std::string_view text;                // lines, joined by line feeds
};

// A line of an outline.
struct ObservedLine {
  std::string_view text;  // in the dialect, without a line feed
  bool is_frame = false;  // what the frame shows may stand below it
};

class Observations {
 public:
  struct Joined {
    std::string text;
    std::string prefix;  // of the refs of the action's own frame: "f1"
  };
  // Which outline: its document and its digest there. What they lie in must outlive this.
  using Id = std::pair<std::string_view, std::string_view>;
  // The way from a page to a frame, empty for the page itself.
  using Way = std::vector<std::int32_t>;

  // An outline of the page in `tab`, at `way`.
  void add(const std::string& tab, Id id, Way way, std::vector<ObservedLine> lines);
  // The page in `tab` gives way to another one.
  void leave(const std::string& tab) {
    shown_.erase(tab);
    last_ = nullptr;
  }
  // What an action that cites `id` was done on; nothing where the outline is not here.
  [[nodiscard]] const Joined* before(const std::string& tab, const Id& id);

 private:
  struct Outline {
    Way way;
    std::vector<ObservedLine> lines;
  };
  struct Joint;
  [[nodiscard]] const Joined* join(const std::string& tab, const Id& id);
  using Shown = std::map<Way, Id>;  // what each frame shows
  void join_line(const ObservedLine& line, const Outline& outline, const Shown& shown,
                 std::size_t depth, std::string_view prefix, Joint& joint) const;
  void join(const Outline& outline, const Shown& shown, std::size_t depth, std::string_view prefix,
            Joint& joint) const;

  std::map<Id, Outline> outlines_;
  std::map<std::string, Shown> shown_;    // by tab
  std::map<std::string, Joined> joined_;  // by the outlines that it is made of
  // What `before` told last, of which tab and outline; null: more has been shown since.
  const Joined* last_ = nullptr;
  std::string last_tab_;
  Id last_id_;
};

}  // namespace fieldnote::dataset
