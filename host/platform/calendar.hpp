// Days and weeks. The week is the only time that leaves the device.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace fieldnote::platform {

// ISO 8601 week of a day, "2026-W48".
[[nodiscard]] std::string iso_week(std::chrono::sys_days day);

// Today where the person is, as days since 1970. The time zone is read at the first call, and
// cannot be once a sandbox is closed.
[[nodiscard]] std::int64_t local_day();

}  // namespace fieldnote::platform
