// Randomness for keys and nonces, from the kernel alone.
#pragma once

#include <cstddef>
#include <span>

namespace fieldnote::platform {

// Fills `room` from getrandom(2), which needs no file and so works inside the sandbox. It waits
// until the kernel's generator is ready; where the kernel has no getrandom at all the process
// aborts, because nothing that was promised could be kept. Safe from any thread.
void fill_random(std::span<std::byte> room);

}  // namespace fieldnote::platform
