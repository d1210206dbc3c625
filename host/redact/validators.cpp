#include "redact/validators.hpp"

#include <algorithm>
#include <array>

namespace fieldnote::redact {
namespace {

constexpr auto all = std::to_array<std::pair<std::string_view, Validator>>({
    {"luhn", validate::luhn},
});
static_assert(std::is_sorted(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; }));

}  // namespace

std::span<const std::pair<std::string_view, Validator>> validators() {
  return all;
}

Validator validator_named(std::string_view name) {
  const auto at = std::lower_bound(all.begin(), all.end(), name,
                                   [](const auto& a, std::string_view b) { return a.first < b; });
  return at != all.end() && at->first == name ? at->second : nullptr;
}

}  // namespace fieldnote::redact
