// The end that cannot be missed: when the browser has closed its end or the process was told to
// end, and the main thread is held up (another process has the lock, a disk hangs), the process
// ends anyway. What was acked is durable, what was not will be sent again, so nothing is lost by
// it.
#pragma once

#include <chrono>

#include "platform/file.hpp"

namespace fieldnote::platform {

// SIGTERM and SIGHUP as a descriptor that becomes readable (signalfd(2)); they are blocked from
// here on, in this thread and those it starts.
[[nodiscard]] Result<Descriptor> termination_signals();

// Starts a thread that sleeps until `input` hangs up or `signals` is readable, and ends the process
// `grace` later. It never wakes before. Both descriptors stay the caller's and open.
void end_at_the_latest(int input, int signals, std::chrono::milliseconds grace);

}  // namespace fieldnote::platform
