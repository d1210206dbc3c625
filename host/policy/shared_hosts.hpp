// manifest/shared-hosts.json, compiled in by host/policy/CMakeLists.txt.
#pragma once

#include <span>
#include <string_view>

namespace fieldnote::policy {

extern const std::span<const std::string_view> shared_hosts;

}  // namespace fieldnote::policy
