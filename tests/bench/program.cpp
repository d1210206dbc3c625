#include "program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <optional>
#include <random>
#include <stdexcept>
#include <system_error>

#include "channel/frame.hpp"

namespace fieldnote::bench {
namespace {

namespace json = boost::json;

constexpr int patience_ms = 30000;

int check(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

std::array<platform::Descriptor, 2> make_pipe() {
  std::array<int, 2> ends{};
  check(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  return {platform::Descriptor(ends[0]), platform::Descriptor(ends[1])};
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& text : strings) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(const std::string& state) {
  std::vector<std::string> result{"XDG_STATE_HOME=" + state};
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (!std::string_view(*entry).starts_with("XDG_STATE_HOME=")) result.emplace_back(*entry);
  return result;
}

std::string random_hex(std::size_t digits) {
  std::random_device random;
  std::string text;
  while (text.size() < digits) text += "0123456789abcdef"[random() % 16];
  return text;
}

// The number behind `key`, if `text` goes on with it; takes both away.
std::optional<std::uint64_t> take_number(std::string_view& text, std::string_view key) {
  if (!text.starts_with(key)) return std::nullopt;
  text.remove_prefix(key.size());
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

Program::Program(const std::vector<std::string>& command, const std::filesystem::path& state) {
  auto to_program = make_pipe();
  auto from_program = make_pipe();
  const std::string log = (state / "stderr.log").string();
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to_program[0].get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from_program[1].get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  std::vector<std::string> arguments = command;
  std::vector<std::string> environment = environment_with(state.string());
  const int failed = ::posix_spawnp(&pid_, arguments.front().c_str(), &actions, nullptr,
                                    pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::system_error(failed, std::generic_category(), command.front());
  in_ = std::move(to_program[1]);
  out_ = std::move(from_program[0]);
  check(::fcntl(in_.get(), F_SETFL, O_NONBLOCK), "pipe");
}

Program::~Program() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Program::receive() {
  pollfd ready{out_.get(), POLLIN, 0};
  if (check(::poll(&ready, 1, patience_ms), "poll") == 0)
    throw std::runtime_error("the program has said nothing for 30 s");
  received_.erase(0, taken_);
  taken_ = 0;
  std::array<char, 64 * 1024> room{};
  const ssize_t count = ::read(out_.get(), room.data(), room.size());
  if (check(static_cast<int>(count), "read") == 0)
    throw std::runtime_error("the program has ended; its stderr.log may say why");
  received_.append(room.data(), static_cast<std::size_t>(count));
}

bool Program::take(std::string& frame) {
  std::uint32_t length = 0;
  if (received_.size() - taken_ < sizeof length) return false;
  std::memcpy(&length, received_.data() + taken_, sizeof length);
  if (received_.size() - taken_ - sizeof length < length) return false;
  frame.assign(received_, taken_ + sizeof length, length);
  taken_ += sizeof length + length;
  return true;
}

std::string Program::next_message() {
  std::string frame;
  while (!take(frame)) receive();
  return frame;
}

void Program::tell(const std::string& message) {
  std::string frame;
  channel::append_frame(frame, message);
  if (::write(in_.get(), frame.data(), frame.size()) != static_cast<ssize_t>(frame.size()))
    throw std::runtime_error("the program does not take a short message");
}

void Program::attach() {
  if (next_message().find(R"("hello")") == std::string::npos)
    throw std::runtime_error("the program does not say hello");
  tell(json::serialize(json::object{{"type", "attach"},
                                    {"protocol", 1},
                                    {"extension", "0.1.0"},
                                    {"browser", "chromium"},
                                    {"stream", random_hex(32)}}));
  json::object policy = json::parse(next_message()).as_object();
  if (policy.at("state") == "ask") {
    tell(json::serialize(json::object{
        {"type", "consent"}, {"digest", policy.at("notice").at("digest")}, {"answer", "yes"}}));
    policy = json::parse(next_message()).as_object();
  }
  if (policy.at("state") != "recording")
    throw std::runtime_error("the program does not record: " + json::serialize(policy));
}

std::size_t Program::take_acks() {
  std::size_t acks = 0;
  for (std::string frame; take(frame); ++acks) {
    std::string_view rest = frame;
    const auto seq = take_number(rest, R"({"type":"ack","seq":)");
    const auto stored = take_number(rest, R"(,"stored":)");
    if (seq != next_ack_ || !stored || rest != "}")
      throw std::runtime_error("instead of ack " + std::to_string(next_ack_) + " came " + frame);
    ++next_ack_;
    events_stored_ += *stored;
  }
  return acks;
}

void Program::pump(const Frames& frames) {
  events_sent_ += frames.events;
  std::size_t written = 0;
  for (std::size_t acks = 0; acks < frames.ends.size();) {
    const bool all_written = written == frames.bytes.size();
    std::array<pollfd, 2> ready{
        {{out_.get(), POLLIN, 0}, {all_written ? -1 : in_.get(), POLLOUT, 0}}};
    if (check(::poll(ready.data(), ready.size(), patience_ms), "poll") == 0)
      throw std::runtime_error("the program has neither read nor written for 30 s");
    if (ready[0].revents != 0) {
      receive();
      acks += take_acks();
    }
    if (ready[1].revents == 0) continue;
    const ssize_t count =
        ::write(in_.get(), frames.bytes.data() + written, frames.bytes.size() - written);
    if (count > 0) written += static_cast<std::size_t>(count);
  }
  if (events_stored_ != events_sent_)
    throw std::runtime_error("of " + std::to_string(events_sent_) + " events the program stored " +
                             std::to_string(events_stored_));
}

void Program::send(std::string_view frame, std::uint64_t seq, std::size_t events) {
  if (seq != next_ack_) throw std::logic_error("one frame at a time");
  events_sent_ += events;
  while (!frame.empty()) {
    pollfd ready{in_.get(), POLLOUT, 0};
    check(::poll(&ready, 1, patience_ms), "poll");
    const ssize_t count = ::write(in_.get(), frame.data(), frame.size());
    if (count > 0) frame.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool Program::acked() {
  receive();
  if (take_acks() == 0) return false;
  if (events_stored_ != events_sent_)
    throw std::runtime_error("the program did not store all events");
  return true;
}

void Program::wait_acked() {
  while (!acked()) continue;
}

std::int64_t Program::memory_kb(std::string_view line) const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string text; std::getline(status, text);)
    if (text.starts_with(line)) return std::stoll(text.substr(line.size() + 1));
  throw std::runtime_error("no " + std::string(line) + " of the program is to be had");
}

double Program::finish() {
  in_ = {};
  int status = 0;
  rusage used{};
  check(::wait4(pid_, &status, 0, &used), "wait");
  pid_ = -1;
  if (status != 0) throw std::runtime_error("the program ended badly");
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace fieldnote::bench
