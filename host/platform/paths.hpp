// Where things lie (DESIGN: files).
#pragma once

#include "platform/file.hpp"

namespace fieldnote::platform {

inline constexpr std::string_view policy_folder = "/etc/fieldnote";

// `$XDG_STATE_HOME/fieldnote`, else `~/.local/state/fieldnote` (XDG Base Directory Specification
// 0.8).
[[nodiscard]] Result<fs::path> state_folder();

}  // namespace fieldnote::platform
