// What the extension writes into an outline that was too large in the place of what it left out
// (extension/src/content/outline/cut.ts): `… 37 rows not shown`.
#pragma once

#include <optional>
#include <string_view>

namespace fieldnote::dataset {

struct Omission {
  std::size_t begin = 0, end = 0;
  std::string_view count;  // "37"
};

// The first one in `text`.
[[nodiscard]] std::optional<Omission> find_omission(std::string_view text);

[[nodiscard]] inline bool has_omission(std::string_view text) {
  return find_omission(text).has_value();
}

}  // namespace fieldnote::dataset
