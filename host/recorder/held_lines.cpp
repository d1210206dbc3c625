#include "recorder/held_lines.hpp"

#include "recorder/ledger_line.hpp"

namespace fieldnote::recorder {

HeldLines split_held(std::string_view lines) {
  HeldLines held;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (auto ledger = parse_ledger_line(line))
      held.ledger = std::move(ledger);
    else
      held.events.push_back(line);
  }
  return held;
}

}  // namespace fieldnote::recorder
