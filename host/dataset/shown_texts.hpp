// The clear texts that one person showed, each once however often. What is known to have been shown
// costs a look-up. Not thread-safe.
#pragma once

#include <array>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "dataset/action_runs.hpp"
#include "dataset/sightings.hpp"
#include "model/event.hpp"
#include "redact/text_memory.hpp"

namespace fieldnote::dataset {

class ShownTexts {
 public:
  // A text that stands in a line, of which it is not known yet whether the line counts.
  struct Noticed {
    Sightings::Mark mark;
    bool shown = false;
  };
  using Texts = std::vector<Noticed*>;

  explicit ShownTexts(const Sightings& all) : all_(all) {}

  // The texts of an event that are not known to have been shown; good as long as this is.
  [[nodiscard]] Texts notice(model::Event& event);
  void show(const Texts& texts) {
    for (Noticed* const text : texts) text->shown = true;
  }
  // What stands in no event; it is shown.
  void show(Clear where, std::string_view text);
  // Each of its forms.
  void show(const ActionRun& run);

  [[nodiscard]] std::vector<Sightings::Mark> marks() const;

 private:
  // Null where it is shown already, or nothing of it is clear.
  [[nodiscard]] Noticed* notice(Clear where, std::string_view text);
  void notice_line(std::string_view held, Texts& texts);

  const Sightings& all_;
  std::unordered_map<Sightings::Mark, Noticed, Sightings::MarkHash> texts_;
  std::array<redact::TextMemory<Noticed*>, clear_words.size()> known_;  // by place
  redact::TextMemory<std::monostate> shown_runs_;
  redact::TextMemory<std::monostate> shown_lines_;  // of outlines, without a text that is not shown
};

}  // namespace fieldnote::dataset
