// What others may do with a dataset, as model hubs read it from the front matter of its card.
#pragma once

#include <string>
#include <string_view>

namespace fieldnote::dataset {

struct License {
  std::string id;    // "cc-by-4.0"; "other": the one that `name` names
  std::string name;  // "internal-use"; only of another one
  std::string link;  // to its text; empty: none

  // As a person calls it.
  [[nodiscard]] const std::string& called() const { return name.empty() ? id : name; }
};

inline constexpr std::string_view other_license = "other";

// Whether hubs have a licence of that id that a dataset may be under.
// Source: huggingface/hub-docs, docs/hub/repositories-licenses.md; those of single models, and
// `unknown`, are left out.
[[nodiscard]] bool is_known_license(std::string_view id);

// Whether hubs take it as the name of another one: lower-case letters, digits, dots and hyphens.
[[nodiscard]] bool is_license_name(std::string_view name);

// In one sentence what is wrong with it; empty: nothing.
[[nodiscard]] std::string fault_in(const License& license);

}  // namespace fieldnote::dataset
