#include "channel/connection.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <chrono>
#include <optional>

#include "channel/frame.hpp"

namespace fieldnote::channel {
namespace {

namespace asio = boost::asio;

// What the group's commit costs is shared by more; all of them wait for it.
constexpr std::size_t group_frames = 256;
constexpr std::size_t group_bytes = 2 << 20;
// By then the first ack is long out.
constexpr std::chrono::seconds first_rest{1};
constexpr std::chrono::milliseconds longest_look{15000};
// How long a last word may take to be written to a browser that does not read; Chromium kills after
// 2 s.
constexpr std::chrono::milliseconds last_word{500};

class Connection {
 public:
  using Descriptor = asio::posix::stream_descriptor;

  Connection(Session& session, Port port)
      : session_(session),
        in_(context_, port.in.release()),
        out_(context_, port.out.release()),
        deadline_(context_),
        rest_(context_),
        look_(context_) {
    in_.non_blocking(true);
    out_.non_blocking(true);
    if (port.watch) watch_.emplace(context_, port.watch.release());
    if (port.news) news_.emplace(context_, port.news.release());
    if (port.stop) stop_.emplace(context_, port.stop.release());
  }

  void run() {
    if (stop_)
      stop_->async_wait(Descriptor::wait_read, [this](const auto& failed) {
        if (!failed) end();
      });
    keep(session_.on_open(pending_));
    flush();
    wait_readable();
    wait_watch();
    wait_news();
    look_again();
    rest_.expires_after(first_rest);
    rest_.async_wait([this](const auto& failed) {
      if (failed || ending_) return;
      rested_ = true;
      rest();
    });
    context_.run();
    std::string unsaid;
    if (!rested_) static_cast<void>(session_.on_rest(unsaid));
  }

 private:
  void wait_readable() {
    in_.async_wait(Descriptor::wait_read, [this](const auto& failed) {
      if (ending_) return;
      // A file cannot be waited for: it can be read at once, to its end.
      const bool readable = !failed || failed == asio::error::operation_not_supported;
      const bool more = readable && read_group();
      keep(session_.on_settle(pending_));
      flush();
      look_again();
      if (more && rested_) rest();
      if (!more)
        end();
      else if (!ending_)
        wait_readable();
    });
  }

  // Reads until nothing is readable or the group is full. False at the end of the input.
  bool read_group() {
    std::size_t frames = 0;
    std::size_t bytes = 0;
    while (frames < group_frames && bytes < group_bytes && !ending_) {
      const auto room = buffer_.room();
      const ssize_t count = ::read(in_.native_handle(), room.data(), room.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return errno == EAGAIN;
      if (count == 0) {
        if (const auto whole = buffer_.finish(); !whole)
          keep(session_.on_bad_frame(whole.error(), pending_));
        return false;
      }
      bytes += static_cast<std::size_t>(count);
      buffer_.filled(static_cast<std::size_t>(count));
      frames += hand_out();
    }
    return true;
  }

  std::size_t hand_out() {
    std::size_t frames = 0;
    while (!ending_) {
      auto frame = buffer_.next();
      if (!frame) break;
      ++frames;
      keep(*frame ? session_.on_frame(**frame, pending_)
                  : session_.on_bad_frame(frame->error(), pending_));
    }
    return frames;
  }

  void wait_watch() {
    if (!watch_) return;
    watch_->async_wait(Descriptor::wait_read, [this](const auto& failed) {
      if (failed || ending_) return;
      std::array<char, 4096> news{};
      if (::read(watch_->native_handle(), news.data(), news.size()) < 0 && errno != EAGAIN) return;
      keep(session_.on_watch(pending_));
      flush();
      wait_watch();
    });
  }

  void wait_news() {
    if (!news_) return;
    news_->async_wait(Descriptor::wait_read, [this](const auto& failed) {
      if (failed || ending_) return;
      std::array<char, 4096> news{};
      if (::read(news_->native_handle(), news.data(), news.size()) < 0 && errno != EAGAIN) return;
      hear();
      wait_news();
    });
  }

  // What lies in the pipe was sent before the news is told: it comes first.
  void hear() {
    if (!ending_ && !read_group()) {
      keep(session_.on_settle(pending_));
      flush();
      return end();
    }
    keep(session_.on_settle(pending_));
    if (!ending_) keep(session_.on_news(pending_));
    flush();
    look_again();
  }

  // A steady clock stands still while the machine sleeps: short steps, and the session knows.
  void look_again() {
    const auto in = ending_ ? std::nullopt : session_.look_in();
    if (!in) return void(look_.cancel());
    look_.expires_after(std::min(*in, longest_look));
    look_.async_wait([this](const auto& failed) {
      if (!failed && !ending_) hear();
    });
  }

  void rest() {
    keep(session_.on_rest(pending_));
    flush();
  }

  void keep(bool going) {
    if (!going) end();
  }

  void flush() {
    if (writing_ || pending_.empty()) return;
    writing_ = true;
    current_.clear();
    current_.swap(pending_);
    asio::async_write(out_, asio::buffer(current_), [this](const auto& failed, std::size_t) {
      writing_ = false;
      if (failed) return context_.stop();  // the browser is gone
      flush();
      if (ending_ && !writing_) context_.stop();
    });
  }

  // Takes no more in; stops when the last word is written, or after a while without that.
  void end() {
    if (ending_) return;
    ending_ = true;
    boost::system::error_code ignored;
    in_.cancel(ignored);
    flush();
    if (!writing_) return context_.stop();
    deadline_.expires_after(last_word);
    deadline_.async_wait([this](const auto&) { context_.stop(); });
  }

  Session& session_;
  asio::io_context context_{1};
  Descriptor in_;
  Descriptor out_;
  std::optional<Descriptor> watch_;
  std::optional<Descriptor> news_;
  std::optional<Descriptor> stop_;
  asio::steady_timer deadline_;
  asio::steady_timer rest_;
  asio::steady_timer look_;
  FrameBuffer buffer_;
  std::string pending_;
  std::string current_;
  bool writing_ = false;
  bool ending_ = false;
  bool rested_ = false;
};

}  // namespace

void run_connection(Session& session, Port port) {
  Connection(session, std::move(port)).run();
}

}  // namespace fieldnote::channel
