// Control messages.
#include "channel/message.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  const auto message = channel::parse_message(fuzz::text(data, size));
  if (!message) {
    fuzz::require(!message.error().sentence.empty());
    return 0;
  }
  if (const auto* attach = std::get_if<channel::Attach>(&*message))
    fuzz::require(attach->stream.size() == 32);
  return 0;
}
