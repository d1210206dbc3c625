// Frames, arriving in pieces whose sizes the input's first byte chooses.
#include <algorithm>

#include "channel/frame.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0];
  std::string_view rest = fuzz::text(data + 1, size - 1);
  channel::FrameBuffer buffer;
  std::size_t seen = 0;
  while (!rest.empty()) {
    const auto room = buffer.room();
    fuzz::require(!room.empty());
    const std::size_t count = std::min({piece, rest.size(), room.size()});
    std::copy_n(rest.begin(), count, room.begin());
    rest.remove_prefix(count);
    buffer.filled(count);
    while (auto frame = buffer.next()) {
      if (!*frame &&
          frame->error().code == make_error_code(channel::ProtocolError::frame_too_large))
        return 0;
      if (*frame) seen += (*frame)->size();
    }
  }
  fuzz::require(seen <= size);
  static_cast<void>(buffer.finish());
  return 0;
}
