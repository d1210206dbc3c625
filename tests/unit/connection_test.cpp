// The port over real pipes: it reads whatever the browser does, commits whatever the browser reads,
// and ends when it should.
#include "channel/connection.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "channel/frame.hpp"
#include "frames.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::channel {
namespace {

using testing::framed;

// Long enough for a slow machine; a test that gets there has failed.
constexpr std::chrono::seconds patience{20};

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    out = platform::Descriptor(ends[0]);
    in = platform::Descriptor(ends[1]);
  }
  platform::Descriptor out;  // what is read from
  platform::Descriptor in;   // what is written to
};

// A session that answers each frame with its text and counts what it is told.
class Echo final : public Session {
 public:
  bool on_open(std::string& out) override { return say(out, "open"); }
  bool on_frame(std::string_view frame, std::string& out) override {
    change([&] { ++staged_; });
    if (frame == "end") return say(out, "ending"), false;
    return frame.size() < 100 ? say(out, frame) : say(out, std::to_string(frame.size()) + " bytes");
  }
  bool on_bad_frame(const Error& error, std::string& out) override {
    say(out, error.code.message());
    return !facts_of(static_cast<ProtocolError>(error.code.value())).fatal;
  }
  bool on_settle(std::string& out) override {
    std::size_t committed = 0;
    change([&] { settled_ += committed = std::exchange(staged_, 0); });
    return committed == 0 || say(out, "settled " + std::to_string(committed));
  }
  bool on_watch(std::string& out) override { return say(out, "watch"), false; }
  bool on_news(std::string& out) override { return say(out, "news"); }
  std::optional<std::chrono::milliseconds> look_in() const override {
    return look_in_ms == 0 ? std::nullopt : std::optional(std::chrono::milliseconds(look_in_ms));
  }
  bool on_rest(std::string&) override {
    change([&] { ++rests_; });
    return true;
  }

  void wait_until_settled(std::size_t count) {
    std::unique_lock lock(mutex_);
    BOOST_TEST_REQUIRE(changed_.wait_for(lock, patience, [&] { return settled_ >= count; }));
  }
  void wait_until_rested(std::size_t count) {
    std::unique_lock lock(mutex_);
    BOOST_TEST_REQUIRE(changed_.wait_for(lock, patience, [&] { return rests_ >= count; }));
  }
  [[nodiscard]] std::size_t rests() {
    const std::scoped_lock lock(mutex_);
    return rests_;
  }
  std::string padding;  // makes every answer long
  std::atomic<int> look_in_ms = 0;

 private:
  template <class F>
  void change(F&& f) {
    {
      const std::scoped_lock lock(mutex_);
      f();
    }
    changed_.notify_all();
  }
  bool say(std::string& out, std::string_view text) {
    append_frame(out, std::string(text) + padding);
    return true;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t staged_ = 0;
  std::size_t settled_ = 0;
  std::size_t rests_ = 0;
};

// The connection in a thread, the browser's ends in our hands.
class Running {
 public:
  explicit Running(Echo& session) { start(session, std::move(to_host_.out)); }
  // What it reads is no pipe.
  Running(Echo& session, platform::Descriptor in) { start(session, std::move(in)); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    end_of_input();
    thread_.join();
  }

  void write(std::string_view bytes) { write_to(to_host_.in, bytes); }
  void end_of_input() { to_host_.in = platform::Descriptor(); }
  void news_of_the_policy() { write_to(watch_.in, "x"); }
  void news_of_another_host() { write_to(news_.in, "x"); }
  void stop() { write_to(stop_.in, "x"); }
  void stop_reading() { from_host_.out = platform::Descriptor(); }

  // The next thing that the host says; empty at the end of its output.
  std::string hear() {
    std::uint32_t length = 0;
    if (!read_exactly(reinterpret_cast<char*>(&length), sizeof length)) return {};
    std::string text(length, '\0');
    BOOST_TEST_REQUIRE(read_exactly(text.data(), text.size()));
    return text;
  }
  std::chrono::steady_clock::duration wait_until_ended() {
    const auto from = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    BOOST_TEST_REQUIRE(changed_.wait_for(lock, patience, [&] { return ended_; }));
    return std::chrono::steady_clock::now() - from;
  }

 private:
  void start(Echo& session, platform::Descriptor in) {
    ::signal(SIGPIPE, SIG_IGN);
    Port port{std::move(in), std::move(from_host_.in), std::move(watch_.out), std::move(news_.out),
              std::move(stop_.out)};
    thread_ = std::thread([this, &session, port = std::move(port)]() mutable {
      run_connection(session, std::move(port));
      const std::scoped_lock lock(mutex_);
      ended_ = true;
      changed_.notify_all();
    });
  }
  static void write_to(const platform::Descriptor& file, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
      if (count <= 0) return;  // the host is gone, as it must be somewhere else in the test
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  bool read_exactly(char* to, std::size_t size) {
    for (std::size_t at = 0; at < size;) {
      pollfd waiting{from_host_.out.get(), POLLIN, 0};
      BOOST_TEST_REQUIRE(
          ::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) == 1);
      const ssize_t count = ::read(from_host_.out.get(), to + at, size - at);
      if (count == 0 && at == 0) return false;
      BOOST_TEST_REQUIRE(count > 0);
      at += static_cast<std::size_t>(count);
    }
    return true;
  }

  Pipe to_host_;
  Pipe from_host_;
  Pipe watch_;
  Pipe news_;
  Pipe stop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::thread thread_;
};

struct Connected {
  Echo session;
  Running host{session};
  Connected() { BOOST_TEST_REQUIRE(host.hear() == "open"); }
};

BOOST_FIXTURE_TEST_SUITE(connection, Connected)

BOOST_AUTO_TEST_CASE(the_host_speaks_first_answers_and_ends_with_its_input) {
  host.write(framed("one"));
  BOOST_TEST(host.hear() == "one");
  BOOST_TEST(host.hear() == "settled 1");
  host.end_of_input();
  BOOST_TEST(host.hear() == "");
  host.wait_until_ended();
}

BOOST_AUTO_TEST_CASE(a_file_is_read_to_its_end_though_nobody_can_wait_for_it) {
  for (const std::string& content : {std::string(), framed("one")}) {
    const testing::TemporaryFolder folder;
    const auto path = folder.path() / "input";
    std::ofstream(path, std::ios::binary) << content;
    Echo alone;
    Running reads(alone, platform::Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
    BOOST_TEST(reads.hear() == "open");
    reads.wait_until_ended();
    if (!content.empty()) BOOST_TEST(reads.hear() == "one");
  }
}

BOOST_AUTO_TEST_CASE(what_came_before_the_end_is_settled_and_answered) {
  host.write(framed("one") + framed("two"));
  host.end_of_input();
  std::string heard;
  for (std::string text; !(text = host.hear()).empty();) heard += text + ';';
  BOOST_TEST((heard == "one;two;settled 2;" || heard == "one;settled 1;two;settled 1;"), heard);
}

BOOST_AUTO_TEST_CASE(half_a_frame_at_the_end_is_said) {
  for (const std::string& half : {framed("one").substr(0, 2), framed("one").substr(0, 5)}) {
    Connected other;
    other.host.write(framed("whole") + half);
    other.host.end_of_input();
    BOOST_TEST(other.host.hear() == "whole");
    std::string last;
    std::set<std::string> heard;
    while (!(last = other.host.hear()).empty()) heard.insert(last);
    BOOST_TEST((heard == std::set<std::string>{"frame_truncated", "settled 1"}));
  }
}

BOOST_AUTO_TEST_CASE(an_empty_frame_does_not_end_it_and_one_too_large_does) {
  host.write(framed("") + framed("one"));
  BOOST_TEST(host.hear() == "frame_empty");
  BOOST_TEST(host.hear() == "one");
  BOOST_TEST(host.hear() == "settled 1");
  host.write("\xFF\xFF\xFF\xFF");
  BOOST_TEST(host.hear() == "frame_too_large");
  BOOST_TEST(host.hear() == "");
  host.wait_until_ended();
}

BOOST_AUTO_TEST_CASE(a_session_that_wants_to_end_has_its_last_word_and_hears_no_more) {
  host.write(framed("one") + framed("end") + framed("late"));
  BOOST_TEST(host.hear() == "one");
  BOOST_TEST(host.hear() == "ending");
  BOOST_TEST(host.hear() == "settled 2");
  BOOST_TEST(host.hear() == "");
  host.wait_until_ended();
}

BOOST_AUTO_TEST_CASE(it_ends_when_it_is_stopped) {
  host.write(framed("one"));
  session.wait_until_settled(1);
  host.stop();
  host.wait_until_ended();
}

BOOST_AUTO_TEST_CASE(it_hears_of_a_changed_policy) {
  host.news_of_the_policy();
  BOOST_TEST(host.hear() == "watch");
  BOOST_TEST(host.hear() == "");
  host.wait_until_ended();
}

BOOST_AUTO_TEST_CASE(it_ends_when_the_browser_reads_no_more) {
  host.stop_reading();
  host.write(framed("one"));
  host.wait_until_ended();
}

BOOST_AUTO_TEST_CASE(many_frames_are_settled_in_groups) {
  constexpr std::size_t count = 1000;
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += framed("x");
  std::thread writer([&] { host.write(bytes); });
  std::size_t answered = 0;
  std::size_t groups = 0;
  for (std::size_t settled = 0; settled < count;) {
    const std::string text = host.hear();
    if (text == "x") {
      ++answered;
    } else {
      ++groups;
      settled += std::stoul(text.substr(std::string_view("settled ").size()));
      BOOST_TEST(settled == answered);
    }
  }
  writer.join();
  BOOST_TEST(answered == count);
  BOOST_TEST(groups < count);
}

BOOST_AUTO_TEST_CASE(what_can_wait_is_done_after_the_first_second_or_at_the_end) {
  {
    Connected brief;
    brief.host.write(framed("one"));
    brief.session.wait_until_settled(1);
    BOOST_TEST(brief.session.rests() == 0U);
    brief.host.end_of_input();
    brief.host.wait_until_ended();
    BOOST_TEST(brief.session.rests() == 1U);
  }
  session.wait_until_rested(1);
  host.write(framed("one"));
  session.wait_until_rested(2);
  host.end_of_input();
  host.wait_until_ended();
  BOOST_TEST(session.rests() == 2U);
}

BOOST_AUTO_TEST_CASE(a_frame_of_eight_mebibytes_comes_through) {
  const std::string large(max_frame_to_host, 'x');
  std::thread writer([&] { host.write(framed(large) + framed("after")); });
  BOOST_TEST(host.hear() == std::to_string(large.size()) + " bytes");
  writer.join();
  session.wait_until_settled(2);
}

BOOST_AUTO_TEST_CASE(news_is_told_after_what_was_sent_before_it) {
  host.write(framed("one"));
  BOOST_TEST(host.hear() == "one");
  BOOST_TEST(host.hear() == "settled 1");
  host.news_of_another_host();
  BOOST_TEST(host.hear() == "news");
}

BOOST_AUTO_TEST_CASE(a_session_looks_again_when_it_wants_to) {
  session.look_in_ms = 1;
  host.news_of_another_host();
  BOOST_TEST(host.hear() == "news");
  BOOST_TEST(host.hear() == "news");
  BOOST_TEST(host.hear() == "news");
  session.look_in_ms = 0;
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(browsers_that_do_not_read)

BOOST_AUTO_TEST_CASE(commits_go_on_and_the_end_is_the_end) {
  Echo session;
  // Far more than a pipe holds.
  session.padding = std::string(64 * 1024, 'x');
  Running host(session);
  constexpr std::size_t frames = 200;
  for (std::size_t i = 0; i < frames; ++i) host.write(framed("one"));
  session.wait_until_settled(frames);
  host.end_of_input();
  BOOST_TEST((host.wait_until_ended() < std::chrono::seconds(2)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::channel
