// Hears of changes in folders without looking again and again (inotify(7)).
#pragma once

#include <span>

#include "platform/file.hpp"

namespace fieldnote::platform {

// A descriptor that becomes readable when a file or folder in one of `folders` was made, written,
// moved or removed, or one of `folders` itself was. Folders that are not there are passed over.
[[nodiscard]] Result<Descriptor> watch_folders(std::span<const fs::path> folders);

}  // namespace fieldnote::platform
