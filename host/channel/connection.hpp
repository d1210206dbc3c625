// The port to the browser: frames in from one descriptor, frames out to another, over Boost.Asio.
// It reads what is there, hands each frame to the session, and when nothing more is readable, or
// 256 frames or 2 MiB came, lets the session settle (commit, ack). Writing never holds up reading
// or committing. Ends at the end of the input, on SIGTERM, when the session wants it, or when the
// browser is gone. One thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/file.hpp"

namespace fieldnote::channel {

class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;
  // Each may append frames to `out`. False: the connection ends once `out` is written.
  [[nodiscard]] virtual bool on_open(std::string& out) = 0;
  [[nodiscard]] virtual bool on_frame(std::string_view frame, std::string& out) = 0;
  // A frame that could not be had; the error is one of channel::ProtocolError.
  [[nodiscard]] virtual bool on_bad_frame(const Error& error, std::string& out) = 0;
  [[nodiscard]] virtual bool on_settle(std::string& out) = 0;
  // A policy file may have changed.
  [[nodiscard]] virtual bool on_watch(std::string& out) = 0;
  // Another host of this person has changed something, or the time is over after which the session
  // wanted to look again.
  [[nodiscard]] virtual bool on_news(std::string& out) = 0;
  // In how long at the latest, though nothing comes; nothing: not at all. Asked after each of
  // these.
  [[nodiscard]] virtual std::optional<std::chrono::milliseconds> look_in() const = 0;
  // What can wait: called a second after the start, then after each group, and at the end of a
  // connection that was shorter.
  [[nodiscard]] virtual bool on_rest(std::string& out) = 0;
};

// What a connection hangs on. `watch`, `news` and `stop` may be none.
struct Port {
  platform::Descriptor in;
  platform::Descriptor out;
  platform::Descriptor watch;  // readable when a policy file changes
  platform::Descriptor news;   // readable when on_news is to be called
  platform::Descriptor stop;   // readable when the process is to end
};

// Runs until the connection is over; what was settled before is durable.
void run_connection(Session& session, Port port);

}  // namespace fieldnote::channel
