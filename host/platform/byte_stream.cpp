#include "platform/byte_stream.hpp"

#include <algorithm>

namespace fieldnote::platform {

Result<void> MemorySink::write(ByteView bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return {};
}

Result<std::size_t> MemorySource::read(std::span<std::byte> room) {
  const std::size_t count = std::min(room.size(), rest_.size());
  std::copy_n(rest_.begin(), count, room.begin());
  rest_ = rest_.subspan(count);
  return count;
}

}  // namespace fieldnote::platform
