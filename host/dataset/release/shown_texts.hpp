// The clear texts that one person showed, each once however often. What is known to have been shown
// costs a look-up. Memory is bounded: the rest lies on disk. Not thread-safe.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

#include "dataset/release/action_runs.hpp"
#include "dataset/release/sightings.hpp"
#include "model/event.hpp"
#include "platform/spilled_sort.hpp"
#include "redact/text_memory.hpp"

namespace fieldnote::dataset {

class ShownTexts {
 public:
  using Mark = Sightings::Mark;
  // Of texts that stand in a line, of which it is not known yet whether the line counts.
  using Texts = std::vector<Mark>;

  explicit ShownTexts(const Sightings& all) : all_(all), shown_before_(all.folder(), most_shown) {}

  // The texts of an event that are not known to have been shown.
  [[nodiscard]] Texts notice(model::Event& event);
  [[nodiscard]] Result<void> show(const Texts& texts);
  // What stands in no event; it is shown.
  [[nodiscard]] Result<void> show(Clear where, std::string_view text);
  // Each of its forms.
  [[nodiscard]] Result<void> show(const ActionRun& run);

  // Calls `f` with all that was shown, each once, and forgets it.
  [[nodiscard]] Result<void> take_each(const std::function<Result<void>(const Mark&)>& f);

 private:
  // In memory, at about 40 bytes.
  static constexpr std::size_t most_shown = 128 << 10;

  struct Known {
    Mark mark;
    bool shown = false;
  };
  // Nothing where it is shown already, or nothing of it is clear.
  [[nodiscard]] std::optional<Mark> notice(Clear where, std::string_view text);
  void notice_line(std::string_view held, Texts& texts);
  [[nodiscard]] Result<void> show(const Mark& mark);

  const Sightings& all_;
  std::unordered_set<Mark, Sightings::MarkHash> shown_;
  // What was in memory when that was full; not each once.
  platform::SpilledSort<Mark> shown_before_;
  std::array<redact::TextMemory<Known>, clear_words.size()> known_;  // by place
  redact::TextMemory<std::monostate> shown_runs_;
  redact::TextMemory<std::monostate> shown_lines_;  // of outlines, without a text that is not shown
};

}  // namespace fieldnote::dataset
