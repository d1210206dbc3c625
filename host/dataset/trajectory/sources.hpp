// Where the values of a trajectory's actions could come from: its instruction, a line of an outline
// that was seen by then, a value before. Steps are told in their order. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

class Sources {
 public:
  explicit Sources(std::optional<std::string_view> instruction) : instruction_(instruction) {}

  // The source of the value of `step`, which is the next one; nothing where it has no text.
  [[nodiscard]] std::optional<Source> next(const Step& step);

 private:
  struct Seen {
    std::string_view text;
    std::size_t step;
  };
  // How far the search for a text has come: each outline is searched once for it.
  struct Searched {
    std::size_t outlines = 0;
    std::optional<Source> found;
  };
  [[nodiscard]] std::optional<Source> in_outlines(std::string_view value, std::string_view field);

  std::optional<std::string_view> instruction_;
  std::size_t steps_ = 0;
  std::vector<Seen> outlines_;                                        // each once in a row
  std::map<std::pair<std::string, std::string>, Searched> searched_;  // by value and field
  std::map<std::string, std::size_t, std::less<>> values_;            // step that had it last
};

// Whether `part`, which is not a word or two, stands in `text` and not within another word.
[[nodiscard]] bool stands_in(std::string_view text, std::string_view part);

// Of `outline`, the ref of the line that shows `value` elsewhere than in the field whose line
// begins with `field`; empty where that line and those around it have none, nothing where no line
// shows it. `value`: clear, or one placeholder.
[[nodiscard]] std::optional<std::string_view> shown_at(std::string_view outline,
                                                       std::string_view value,
                                                       std::string_view field);

}  // namespace fieldnote::dataset
