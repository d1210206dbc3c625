// The only time that leaves the device.
#pragma once

#include <chrono>
#include <string>

namespace fieldnote::platform {

// ISO 8601 week of a day, "2026-W48".
[[nodiscard]] std::string iso_week(std::chrono::sys_days day);

}  // namespace fieldnote::platform
