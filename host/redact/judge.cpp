#include "redact/judge.hpp"

#include <algorithm>

namespace fieldnote::redact {

std::vector<Finding> judge(Detectors& detectors, std::string_view value,
                           model::FieldClass field_class, const Context& context) {
  const auto entity = entity_of(field_class);
  // Nothing is more private than what is withheld.
  if (entity && !value.empty() && facts_of(*entity).ceiling == model::Disclosure::withheld)
    return {{*entity, by_class, {0, value.size()}, by_label}};
  const auto& found = detectors.find(value, context);
  if (!entity || value.empty()) return found;
  // A value that is more private than its field stays so.
  for (const Finding& finding : found)
    if (facts_of(finding.entity).ceiling < facts_of(*entity).ceiling)
      return {{finding.entity, finding.detector, {0, value.size()}, finding.score}};
  return {{*entity, by_class, {0, value.size()}, by_label}};
}

}  // namespace fieldnote::redact
