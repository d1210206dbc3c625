// What a policy means for people, as the annex of a works agreement or of a data protection impact
// assessment: Markdown, made from the policy, the schemas of what leaves, and SECURITY.md.
#pragma once

#include <string>
#include <vector>

#include "policy/policy.hpp"

namespace fieldnote::policy {

// A field that can leave a device, with the reason for it.
struct LeavingField {
  std::string path;    // "target.name"
  std::string what;    // from the schema; empty where the schema says nothing
  std::string why;     // empty: manifest/reasons.json has none, which a test refuses
  std::string told;    // how much of it
  std::string others;  // what it can tell of people who were never asked
};

// Of an event, and of the first line of a bundle; in the order of the schemas.
[[nodiscard]] std::vector<LeavingField> event_fields();
[[nodiscard]] std::vector<LeavingField> header_fields();

[[nodiscard]] std::string annex(const Policy& policy);

}  // namespace fieldnote::policy
