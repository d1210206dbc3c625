#include "recorder/cursor.hpp"

#include <charconv>

#include "channel/protocol.hpp"

namespace fieldnote::recorder {

Error no_cursor() {
  return {channel::ProtocolError::not_held, "the cursor is none that this host gave"};
}

Result<std::size_t> items_before(std::string_view cursor) {
  std::size_t items = 0;
  if (cursor.empty()) return items;
  const char* const end = cursor.data() + cursor.size();
  const auto [rest, failed] = std::from_chars(cursor.data(), end, items);
  if (failed != std::errc() || rest != end) return no_cursor();
  return items;
}

}  // namespace fieldnote::recorder
