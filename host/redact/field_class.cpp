#include "redact/field_class.hpp"

#include <algorithm>

namespace fieldnote::redact {

using enum model::Disclosure;

model::Disclosure highest_disclosure(model::FieldClass field_class, model::Disclosure team_values,
                                     const model::Disclosure* rule) {
  const ClassRule& own = rule_of(field_class);
  const bool typed = own.usual != clear;
  const model::Disclosure base = rule != nullptr ? *rule
                                 : typed         ? std::min(own.usual, team_values)
                                                 : own.usual;
  const model::Disclosure level = std::min(base, own.ceiling);
  const model::Disclosure masked = level == placeholder && !own.placeholder ? shape : level;
  // The shape of a yes or no would be the yes or no.
  return masked == shape && field_class == model::FieldClass::toggle ? withheld : masked;
}

}  // namespace fieldnote::redact
