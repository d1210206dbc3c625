// A file that a command writes at once, for others to find whole or not at all.
#pragma once

#include <string_view>

#include "platform/file.hpp"

namespace fieldnote::cli {

// Folders above it that are missing are made.
[[nodiscard]] Result<void> write_whole(const platform::fs::path& path, std::string_view text,
                                       mode_t mode, bool replace);

}  // namespace fieldnote::cli
