// The hosts of a policy as a browser's own allowlist takes them: hosts without port and path, at
// most 100 (chromeenterprise.google/policies/#ExtensionSettings: what comes behind is dropped
// silently). More are folded under a common parent that is the organisation's own, or refused.
#pragma once

#include <string>
#include <vector>

#include "policy/policy.hpp"

namespace fieldnote::policy {

inline constexpr std::size_t max_host_patterns = 100;

struct HostPatterns {
  std::vector<std::string> patterns;  // "https://desk.corp.example", "*://*.corp.example"; sorted
  // Patterns that stand for several listed hosts, and so reach hosts that are not listed.
  std::vector<std::string> folded;
};

// Of the union of `teams`.
[[nodiscard]] Result<HostPatterns> host_patterns(const std::vector<const Team*>& teams);

}  // namespace fieldnote::policy
