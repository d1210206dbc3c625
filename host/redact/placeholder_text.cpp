#include "redact/placeholder_text.hpp"

#include <array>
#include <string>
#include <tuple>

#include "model/words.hpp"
#include "redact/entity.hpp"
#include "redact/field_class.hpp"

namespace fieldnote::redact {
namespace {

constexpr std::size_t longest_label = 24, longest_number = 7;

// All that placeholders are named by: what texts and fields are, and what an export holds back.
class Labels {
 public:
  Labels() {
    for (std::size_t i = 0; i < entity_count; ++i) add(facts_of(static_cast<Entity>(i)).label);
    for (const ClassRule& rule : class_rules)
      if (!rule.label.empty()) add(rule.label);
    for (const std::string_view word : model::Words<model::FieldClass>::list) {
      std::string upper(word);
      for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
      add(upper);
    }
    for (const char* held_back : {"CONTROL", "OPTION", "ROUTE"}) add(held_back);
  }

  [[nodiscard]] bool has(std::string_view label) const {
    for (std::size_t at = place_of(label); !slots_[at].empty(); at = (at + 1) % slots_.size())
      if (slots_[at] == label) return true;
    return false;
  }

 private:
  // Asked for each `<` of every text: most are found at once.
  static std::size_t place_of(std::string_view label) {
    return (label.size() * 37 + static_cast<unsigned char>(label.front()) * 11U +
            static_cast<unsigned char>(label.back()) * 5U) %
           std::tuple_size_v<decltype(slots_)>;
  }

  void add(std::string_view label) {
    if (has(label)) return;
    std::size_t at = place_of(label);
    while (!slots_[at].empty()) at = (at + 1) % slots_.size();
    slots_[at] = label;
  }

  std::array<std::string, 256> slots_;
};

// What looks like one and has another name is a text of the page or a person's, which could hide
// something.
bool is_label(std::string_view text) {
  static const Labels labels;
  return labels.has(text);
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
