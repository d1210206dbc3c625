#include "redact/field_class.hpp"

#include <algorithm>
#include <array>

namespace fieldnote::redact {
namespace {

using enum model::Disclosure;

// In the order of model::FieldClass. extension/src/content/value.ts has the same table; an
// end-to-end test reads both.
constexpr std::array<ClassRule, model::Words<model::FieldClass>::list.size()> rules{{
    {withheld, withheld, false, ""},      // password
    {withheld, withheld, false, ""},      // one_time_code
    {withheld, withheld, false, ""},      // payment_card
    {withheld, withheld, false, ""},      // hidden
    {withheld, withheld, false, ""},      // file
    {placeholder, clear, true, "EMAIL"},  // email
    {placeholder, clear, true, "PHONE"},  // phone
    {placeholder, clear, true, "URL"},    // url
    {placeholder, clear, true, "TEXT"},   // text
    {placeholder, clear, true, "TEXT"},   // search
    {shape, clear, false, "DATE"},        // date
    {shape, clear, false, "NUMBER"},      // number
    {clear, clear, false, "OPTION"},      // choice
    {clear, clear, false, "OPTION"},      // toggle
}};

}  // namespace

const ClassRule& rule_of(model::FieldClass field_class) {
  return rules[static_cast<std::size_t>(field_class)];
}

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
