// Whether a page is recorded and what is kept of a field there, and which line of the policy
// decides
// (`fieldnote policy explain`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.hpp"
#include "policy/selector.hpp"
#include "redact/field_verdict.hpp"

namespace fieldnote::redact {

// What decides, as a JSON pointer into policy.json (`team` is empty) or the team's file; without a
// pointer no line of the policy does.
struct Deciding {
  std::string team;
  std::string pointer;
};

struct PageExplanation {
  bool recorded = false;
  std::string app;
  std::string why;  // one sentence
  Deciding by;
  // Other teams whose exclusions hold for people who are in them, too.
  std::vector<Deciding> excluded_by;
};

// `url` as a browser writes it.
[[nodiscard]] Result<PageExplanation> explain_page(const policy::Policy& policy,
                                                   const policy::Team& team, std::string_view url);

struct FieldExplanation {
  model::FieldClass field_class;
  model::Disclosure kept;
  std::string why;
  Deciding by;
  // Rules that only a page can judge: they may lower it further, or raise it.
  std::vector<Deciding> open;
};

// The field is judged by `description`; rules by `element`.
[[nodiscard]] FieldExplanation explain_field(const policy::Team& team,
                                             const FieldDescription& description,
                                             const policy::DescribedElement& element);

}  // namespace fieldnote::redact
