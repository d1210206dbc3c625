// Now, told by two clocks: the wall's, which anybody may set, and the machine's since it was
// started, which nobody can.
#pragma once

#include <chrono>
#include <string>

#include "platform/error.hpp"

namespace fieldnote::platform {

struct Moment {
  std::chrono::sys_seconds wall;
  std::string boot;                   // the id of this start of the machine
  std::chrono::seconds since_boot{};  // CLOCK_BOOTTIME: goes on while the machine sleeps
};

[[nodiscard]] Result<Moment> now();

}  // namespace fieldnote::platform
