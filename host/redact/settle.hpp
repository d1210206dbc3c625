// From what rows matched to what was found: no overlaps, nothing that is allowed.
#pragma once

#include <string_view>
#include <vector>

#include "redact/entity.hpp"
#include "redact/search.hpp"

namespace fieldnote::redact {

struct Finding {
  Entity entity = Entity::free_text;
  std::string_view detector;
  Range range;  // bytes of the text that was searched
  float score = 0;
};

// Overlapping findings become one: the stricter, then the longer, then that of the higher priority
// names it. `matches` is sorted. Linear but for the sorting.
void settle(std::string_view text, std::vector<Match>& matches, std::vector<Finding>& out);

}  // namespace fieldnote::redact
