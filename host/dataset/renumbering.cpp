#include "dataset/renumbering.hpp"

namespace fieldnote::dataset {
namespace {

bool is_label(char c) {
  return (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The length of the placeholder at the beginning of `text`, and of its label; 0 where none begins.
std::pair<std::size_t, std::size_t> placeholder_at(std::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && is_label(text[at])) ++at;
  const std::size_t label = at - 1;
  if (label < 2 || text[at - 1] != '_') return {0, 0};
  const std::size_t digits = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == digits || at >= text.size() || text[at] != '>') return {0, 0};
  return {at + 1, label - 1};
}

}  // namespace

std::string Renumbering::text(std::string_view text, std::string_view scope) {
  std::string out;
  while (!text.empty()) {
    const std::size_t before = std::min(text.find('<'), text.size());
    out += text.substr(0, before);
    text.remove_prefix(before);
    if (text.empty()) break;
    const auto [length, label_length] = placeholder_at(text);
    if (length == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    auto [at, is_new] =
        placeholders_.try_emplace({std::string(scope), std::string(text.substr(0, length))});
    if (is_new) {
      const std::string label(text.substr(1, label_length));
      at->second = '<' + label + '_' + std::to_string(++labels_[label]) + '>';
    }
    out += at->second;
    text.remove_prefix(length);
  }
  return out;
}

std::int64_t Renumbering::number(std::map<std::string, std::int64_t, std::less<>>& numbers,
                                 std::string_view key, std::int64_t first) {
  const auto at = numbers.find(key);
  if (at != numbers.end()) return at->second;
  const std::int64_t next = first + static_cast<std::int64_t>(numbers.size());
  numbers.emplace(key, next);
  return next;
}

}  // namespace fieldnote::dataset
