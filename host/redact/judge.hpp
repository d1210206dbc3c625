// A value in a field, judged as a whole and by its content: the field's class first, then
// detectors.
#pragma once

#include <string_view>
#include <vector>

#include "redact/class_entity.hpp"
#include "redact/detectors.hpp"

namespace fieldnote::redact {

// The name that a finding bears which the field's class alone makes.
inline constexpr std::string_view by_class = "field_class";

// What is in a value of a field of that class, ascending and without overlaps. Where the class
// stands for one entity, the value is that as a whole, whatever else is found in it.
[[nodiscard]] std::vector<Finding> judge(Detectors& detectors, std::string_view value,
                                         model::FieldClass field_class, const Context& context);

}  // namespace fieldnote::redact
