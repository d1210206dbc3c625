#include "platform/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace fieldnote::platform {

void fill_random(std::span<std::byte> room) {
  while (!room.empty()) {
    const ssize_t count = ::getrandom(room.data(), room.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) std::abort();
    room = room.subspan(static_cast<std::size_t>(count));
  }
}

}  // namespace fieldnote::platform
