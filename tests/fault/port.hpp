// The browser's end of native messaging: frames to a host and from it, without waiting for it.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "process.hpp"

namespace fieldnote::fault {

[[nodiscard]] std::string framed(std::string_view payload);

// Takes the messages out of `bytes`, from the beginning, as far as they are whole.
[[nodiscard]] std::vector<boost::json::object> take_messages(std::string& bytes);

class Port {
 public:
  explicit Port(Process& host) : host_(host) {}

  void post(std::string_view payload) { waiting_ += framed(payload); }
  void post_bytes(std::string_view bytes) { waiting_ += bytes; }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

  // Writes what waits, as far as it goes; false where the host takes no more.
  bool write();
  // The next message that comes before `until`, writing what waits meanwhile.
  std::optional<boost::json::object> next(Clock::time_point until);
  std::optional<boost::json::object> next(milliseconds patience = milliseconds(5000)) {
    return next(Clock::now() + patience);
  }
  // The host has closed its output, and all that it said was taken.
  [[nodiscard]] bool closed() const { return closed_ && messages_.empty(); }

 private:
  void read();

  Process& host_;
  std::string waiting_;
  std::string read_;
  std::vector<boost::json::object> messages_;
  bool closed_ = false;
};

}  // namespace fieldnote::fault
