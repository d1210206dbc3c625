#include "redact/placeholder_text.hpp"

namespace fieldnote::redact {
namespace {

// Longer ones are not ours: a text of the page that could hide something.
constexpr std::size_t longest_label = 24, longest_number = 7;

// The end of LABEL or LABEL_7 from `at`; 0 where there is none.
std::size_t name_end(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() && ((text[at] >= 'A' && text[at] <= 'Z') || text[at] == '_')) ++at;
  if (at - begin < 2 || at - begin > longest_label || text[begin] == '_') return 0;
  const std::size_t digits = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  const bool numbered = at > digits;
  if (at - digits > longest_number || numbered != (text[digits - 1] == '_')) return 0;
  return at;
}

}  // namespace

std::size_t placeholder_length(std::string_view text) {
  if (text.empty() || text.front() != '<') return 0;
  for (std::size_t at = 1;;) {
    at = name_end(text, at);
    if (at == 0 || at >= text.size()) return 0;
    if (text[at] == '>') return at + 1;
    if (text[at] != ' ') return 0;
    ++at;
  }
}

}  // namespace fieldnote::redact
