// The last look before lines are encrypted: whatever went before is assumed to be wrong. A text of
// an event in which a secret or a means of payment is found is dropped, and counted. Linear; texts
// in which the masker of the same scope found nothing are not searched again. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "redact/counts.hpp"
#include "redact/masker.hpp"
#include "redact/text_memory.hpp"

namespace fieldnote::redact {

class Gate {
 public:
  explicit Gate(Masker& masker) : masker_(masker) {}

  // `lines`: held events, as model::append_held writes them, each with its line feed. A value with
  // a hit becomes `withheld`, a selector is left out, any other text is emptied; counted as
  // "gate_ENTITY". A line that cannot be read is left out ("gate_event").
  void check(std::string& lines, Counts& counts);

 private:
  [[nodiscard]] bool is_clean_line(std::string_view line);
  // What is found in a text, of what may not pass; none: it may.
  [[nodiscard]] std::optional<Entity> hit(std::string_view text);
  [[nodiscard]] std::string cleaned(std::string_view line, Counts& counts);

  Masker& masker_;
  // Texts that pass although something is found in them, such as the site's own host in its
  // address. (Those in which nothing is, the masker knows.)
  TextMemory<std::monostate> passed_;
};

}  // namespace fieldnote::redact
