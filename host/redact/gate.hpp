// The last look before lines are encrypted: whatever went before is assumed to be wrong. A text of
// an event in which a secret or a means of payment is found is dropped, and counted. Linear; texts
// that come again are not searched again. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "redact/counts.hpp"
#include "redact/detectors.hpp"

namespace fieldnote::redact {

class Gate {
 public:
  explicit Gate(Detectors& detectors) : detectors_(detectors) {}

  // `lines`: held events, as model::append_held writes them, each with its line feed. A value with
  // a hit becomes `withheld`, a selector is left out, any other text is emptied; counted as
  // "gate_ENTITY". A line that cannot be read is left out ("gate_event").
  void check(std::string& lines, Counts& counts);

 private:
  static constexpr std::size_t most_clean_bytes = 256 * 1024, longest_clean = 512;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  [[nodiscard]] bool is_clean_line(std::string_view line);
  // What is found in a text, of what may not pass; none: it may.
  [[nodiscard]] std::optional<Entity> hit(std::string_view text);
  [[nodiscard]] std::string cleaned(std::string_view line, Counts& counts);

  Detectors& detectors_;
  std::unordered_set<std::string, Hash, std::equal_to<>> clean_;
  std::size_t clean_bytes_ = 0;
};

}  // namespace fieldnote::redact
