// How much a field may tell, by what it is (DESIGN: disclosure). The page decides first, at the
// element; the host assumes that the page's side is wrong and holds every value against this table
// again. Both are built from manifest/field-classes.json.
#pragma once

#include <array>
#include <string_view>

#include "model/words.hpp"

namespace fieldnote::redact {

struct ClassRule {
  // Without a field rule of the policy.
  model::Disclosure usual;
  // With one: no rule raises above it.
  model::Disclosure ceiling;
  // A placeholder of a class with few possible values could be guessed from its repetition: those
  // show their shape.
  bool placeholder;
  // What stands in a placeholder, as in <EMAIL_2>.
  std::string_view label;
  // "an email address"
  std::string_view means;
};

inline constexpr std::size_t class_count = model::Words<model::FieldClass>::list.size();

// In the order of model::FieldClass.
extern const std::array<ClassRule, class_count> class_rules;

[[nodiscard]] inline const ClassRule& rule_of(model::FieldClass field_class) {
  return class_rules[static_cast<std::size_t>(field_class)];
}

// What a value may disclose at the most. `team_values` bounds what is typed; `rule` is the level of
// a field rule that applies, if one does.
[[nodiscard]] model::Disclosure highest_disclosure(model::FieldClass field_class,
                                                   model::Disclosure team_values,
                                                   const model::Disclosure* rule);

}  // namespace fieldnote::redact
