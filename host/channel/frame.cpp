#include "channel/frame.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace fieldnote::channel {
namespace {

constexpr std::size_t length_size = sizeof(std::uint32_t);

}  // namespace

std::span<char> FrameBuffer::room() {
  if (begin_ > 0) {
    std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
              bytes_.begin() + static_cast<std::ptrdiff_t>(end_), bytes_.begin());
    end_ -= begin_;
    begin_ = 0;
  }
  if (wanted_ > bytes_.size()) {
    bytes_.resize(wanted_);
  } else if (end_ == 0 && bytes_.size() > usual_size && wanted_ == 0) {
    bytes_.resize(usual_size);
    bytes_.shrink_to_fit();
  }
  if (end_ == bytes_.size()) bytes_.resize(bytes_.size() + usual_size);
  return std::span(bytes_).subspan(end_);
}

std::optional<Result<std::string_view>> FrameBuffer::next() {
  wanted_ = 0;
  if (end_ - begin_ < length_size) return std::nullopt;
  std::uint32_t length = 0;
  std::memcpy(&length, bytes_.data() + begin_, length_size);
  if (length > max_frame_to_host)
    return Error{ProtocolError::frame_too_large,
                 "a frame of " + std::to_string(length) + " bytes came, more than " +
                     std::to_string(max_frame_to_host) + " are refused; send smaller batches"};
  if (length == 0) {
    begin_ += length_size;
    return Error{ProtocolError::frame_empty,
                 "a frame of length 0 came; a frame holds one JSON object"};
  }
  if (end_ - begin_ < length_size + length) {
    wanted_ = length_size + length;
    return std::nullopt;
  }
  const std::string_view frame(bytes_.data() + begin_ + length_size, length);
  begin_ += length_size + length;
  return frame;
}

Result<void> FrameBuffer::finish() const {
  if (begin_ == end_) return {};
  return Error{ProtocolError::frame_truncated,
               "the input ended in the middle of a frame; its batch will be sent again"};
}

void append_frame(std::string& out, std::string_view payload) {
  if (payload.size() > max_frame_from_host)
    throw std::length_error("a frame to the browser is above 1 MiB");
  const auto length = static_cast<std::uint32_t>(payload.size());
  std::array<char, length_size> bytes{};
  std::memcpy(bytes.data(), &length, length_size);
  out.append(bytes.data(), length_size);
  out.append(payload);
}

}  // namespace fieldnote::channel
