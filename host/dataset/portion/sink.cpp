#include "dataset/portion/sink.hpp"

#include <algorithm>

namespace fieldnote::dataset {

std::uint32_t Sink::open(Stream::Of of, std::string_view name) {
  streams_.push_back({of, split_ + std::string(name), format_});
  return static_cast<std::uint32_t>(streams_.size() - 1);
}

Result<void> Sink::add(std::uint32_t stream, std::uint64_t rank, std::uint32_t part,
                       std::string_view text) {
  Frame frame;
  frame.stream = stream;
  frame.rank = rank;
  frame.part = part;
  frame.rows = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
  return portion_->add(frame, zstd_.compress(platform::as_bytes(text)));
}

}  // namespace fieldnote::dataset
