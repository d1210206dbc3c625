// The class of a field from what is said of it, when the page is not there to be asked: the same
// verdict as extension/src/content/field_verdict.ts, with more words.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "model/event.hpp"
#include "redact/field_words.hpp"

namespace fieldnote::redact {

// Any of it may be empty.
struct FieldDescription {
  std::string_view type;          // of an input; "textarea", "select", "contenteditable", or a role
  std::string_view autocomplete;  // HTML's autofill detail tokens
  std::string_view label;         // what a person reads on it
  std::string_view name;          // name, id or test id
};

[[nodiscard]] model::FieldClass classify(const FieldDescription& field);

// The class of what an event was done to, from what the event tells: accessible name, tag and type,
// and the name, id and test id in its selectors.
[[nodiscard]] model::FieldClass classify(const model::Target& target);

// The same, remembered: few fields are worked in again and again. Not thread-safe.
class FieldJudge {
 public:
  [[nodiscard]] model::FieldClass operator()(const model::Target& target);

 private:
  std::unordered_map<std::string, model::FieldClass> known_;
  std::string key_;
};

// Whether it is answered by choosing: a list, a radio button, a check box.
[[nodiscard]] bool has_few_values(const model::Target& target);

// Whether nothing but its type says what a field is.
[[nodiscard]] constexpr bool is_generic(model::FieldClass field_class) {
  return field_class >= model::FieldClass::free_text;
}

}  // namespace fieldnote::redact
