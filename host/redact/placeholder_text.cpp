#include "redact/placeholder_text.hpp"

#include <functional>
#include <string>
#include <unordered_set>

#include "model/words.hpp"
#include "redact/entity.hpp"
#include "redact/field_class.hpp"

namespace fieldnote::redact {
namespace {

constexpr std::size_t longest_label = 24, longest_number = 7;

struct Hash : std::hash<std::string_view> {
  using is_transparent = void;
};
using Labels = std::unordered_set<std::string, Hash, std::equal_to<>>;

// All that placeholders are named by: what texts and fields are, and what an export holds back.
Labels all_labels() {
  Labels all{"CONTROL", "OPTION", "ROUTE"};
  for (std::size_t i = 0; i < entity_count; ++i)
    all.emplace(facts_of(static_cast<Entity>(i)).label);
  for (const ClassRule& rule : class_rules)
    if (!rule.label.empty()) all.emplace(rule.label);
  for (const auto& name : model::Words<model::FieldClass>::list) {
    std::string word(name);
    for (char& c : word)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    all.insert(std::move(word));
  }
  return all;
}

// What looks like one and has another name is a text of the page or a person's, which could hide
// something.
bool is_label(std::string_view text) {
  static const Labels labels = all_labels();
  return labels.contains(text);
}

// The end of LABEL or LABEL_7 from `at`; 0 where there is none.
std::size_t name_end(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() && ((text[at] >= 'A' && text[at] <= 'Z') || text[at] == '_')) ++at;
  if (at - begin < 2 || at - begin > longest_label || text[begin] == '_') return 0;
  const std::size_t digits = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  const bool numbered = at > digits;
  if (at - digits > longest_number || numbered != (text[digits - 1] == '_')) return 0;
  return is_label(text.substr(begin, digits - (numbered ? 1 : 0) - begin)) ? at : 0;
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
