#include "port.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace fieldnote::fault {
namespace {

constexpr std::uint32_t max_frame_from_host = 1 << 20;

}  // namespace

std::string framed(std::string_view payload) {
  const auto length = static_cast<std::uint32_t>(payload.size());
  std::string frame(sizeof length, '\0');
  std::memcpy(frame.data(), &length, sizeof length);
  return frame += payload;
}

std::vector<boost::json::object> take_messages(std::string& bytes) {
  std::vector<boost::json::object> messages;
  std::size_t at = 0;
  std::uint32_t length = 0;
  while (bytes.size() - at >= sizeof length) {
    std::memcpy(&length, bytes.data() + at, sizeof length);
    BOOST_REQUIRE_MESSAGE(length <= max_frame_from_host, "the host sent a length of " << length);
    if (bytes.size() - at - sizeof length < length) break;
    const std::string_view payload(bytes.data() + at + sizeof length, length);
    messages.push_back(boost::json::parse(payload).as_object());
    at += sizeof length + length;
  }
  bytes.erase(0, at);
  return messages;
}

bool Port::write() {
  while (!waiting_.empty()) {
    const ssize_t count = ::write(host_.input(), waiting_.data(), waiting_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN;
    waiting_.erase(0, static_cast<std::size_t>(count));
  }
  return true;
}

void Port::read() {
  std::array<char, 65536> room{};
  while (true) {
    const ssize_t count = ::read(host_.output(), room.data(), room.size());
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) closed_ = true;
    if (count <= 0) break;
    read_.append(room.data(), static_cast<std::size_t>(count));
  }
  for (auto& message : take_messages(read_)) messages_.push_back(std::move(message));
}

std::optional<boost::json::object> Port::next(Clock::time_point until) {
  while (messages_.empty() && !closed_) {
    const bool takes = write();
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    std::array<pollfd, 2> ends{pollfd{host_.output(), POLLIN, 0},
                               pollfd{takes && !waiting_.empty() ? host_.input() : -1, POLLOUT, 0}};
    const int ready =
        ::poll(ends.data(), ends.size(), static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready == 0) return std::nullopt;
    if (ends[0].revents != 0) read();
  }
  if (messages_.empty()) return std::nullopt;
  auto message = std::move(messages_.front());
  messages_.erase(messages_.begin());
  return message;
}

}  // namespace fieldnote::fault
