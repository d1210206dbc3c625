#include "dataset/release/release.hpp"

#include <algorithm>
#include <array>

#include "dataset/release/omission.hpp"
#include "redact/placeholder_text.hpp"

namespace fieldnote::dataset {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Clear place_of(model::TextPlace place) {
  using enum model::TextPlace;
  switch (place) {
    case url:
      return Clear::route;
    case title:
    case name:
    case label:
    case change:
      return Clear::interface_text;
    case selector:
      return Clear::selector;
    case typed:
      return Clear::typed;
    case option:
      return Clear::option;
  }
  return Clear::typed;
}

bool holds_a_value(std::string_view role) {
  constexpr std::array<std::string_view, 18> of_words{
      "text",     "button",       "heading", "link",         "option",  "paragraph",
      "generic",  "tab",          "status",  "columnheader", "caption", "alert",
      "menuitem", "/placeholder", "strong",  "emphasis",     "term",    "tooltip"};
  return std::find(of_words.begin(), of_words.end(), role) == of_words.end();
}

std::string countable(std::string_view text) {
  std::string out;
  if (const auto left_out = find_omission(text)) {
    const std::size_t count = text.find(left_out->count, left_out->begin);
    out = countable(text.substr(0, count));
    text.remove_prefix(count + left_out->count.size());
    return out + countable(text);
  }
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('<'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    const std::size_t length = redact::placeholder_length(text);
    if (length == 0) {
      if (!text.empty()) out += text.front();
      text.remove_prefix(std::min<std::size_t>(1, text.size()));
      continue;
    }
    for (const char c : text.substr(0, length))
      if (!is_digit(c)) out += c;
    text.remove_prefix(length);
  }
  return out;
}

bool is_masked(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = redact::placeholder_length(text);
    if (length == 0 && text.front() != ' ') return false;
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
  return true;
}

std::string approval(Clear where, std::string_view counted) {
  return std::string(clear_words[static_cast<std::size_t>(where)]) + ' ' + std::string(counted);
}

bool Release::lets_run_pass(std::string_view run) const {
  return !asks_for_more_than_one() || sightings_->people(Clear::pattern, run) >= rules_.people;
}

bool Release::lets_pass(Clear where, std::string_view text) const {
  if (is_masked(text)) return true;
  const std::string counted = countable(text);
  if (!rules_.approved.empty() && is_vocabulary(where) &&
      rules_.approved.contains(approval(where, counted)))
    return true;
  const unsigned people = rules_.internal && is_vocabulary(where) ? 1 : rules_.people;
  return sightings_->people(where, counted) >= people;
}

}  // namespace fieldnote::dataset
