// The host as a browser starts it: pipes, the caller's name, and nothing else. It says hello first.
// Its state is an empty folder of ours, so that looking leaves nothing behind.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/object.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "doctor/checks.hpp"
#include "model/strict_json.hpp"

extern char** environ;

namespace fieldnote::doctor {
namespace {

constexpr std::chrono::seconds patience{10};
constexpr std::uint32_t longest_hello = 64 << 10;

struct Pipe {
  platform::Descriptor read, write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return os_error(errno, "a pipe");
  return Pipe{platform::Descriptor(ends[0]), platform::Descriptor(ends[1])};
}

// What comes until the end, `wanted` bytes, or the end of patience.
std::string read_for(int fd, std::size_t wanted, std::chrono::steady_clock::time_point until) {
  std::string text;
  while (text.size() < wanted) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd ready{fd, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return text;
    std::array<char, 4096> room;
    const ssize_t got = ::read(fd, room.data(), std::min(room.size(), wanted - text.size()));
    if (got <= 0) return text;
    text.append(room.data(), static_cast<std::size_t>(got));
  }
  return text;
}

// A folder that goes with its owner.
class ShortLivedFolder {
 public:
  ShortLivedFolder() {
    std::string name = (fs::temp_directory_path() / "fieldnote-doctor-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ShortLivedFolder(const ShortLivedFolder&) = delete;
  ShortLivedFolder& operator=(const ShortLivedFolder&) = delete;
  ~ShortLivedFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Our environment, with the state elsewhere.
std::vector<std::string> environment_with(const fs::path& state) {
  constexpr std::string_view variable = "XDG_STATE_HOME=";
  std::vector<std::string> all;
  for (char** at = environ; *at != nullptr; ++at)
    if (!std::string_view(*at).starts_with(variable)) all.emplace_back(*at);
  all.push_back(std::string(variable) + state.string());
  return all;
}

struct Answer {
  std::string hello;  // empty where none came
  std::string log;    // standard error
};

Result<Answer> start(const Machine& machine, const HostProgram& host) {
  auto in = make_pipe();
  auto out = make_pipe();
  auto log = make_pipe();
  if (!in || !out || !log) return os_error(EMFILE, "a pipe");
  const ShortLivedFolder state;
  if (state.path().empty()) return os_error(errno, "a temporary folder");
  auto environment = environment_with(state.path());
  std::vector<char*> pointers;
  for (std::string& one : environment) pointers.push_back(one.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in->read.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out->write.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, log->write.get(), STDERR_FILENO);
  std::string program = machine.at(host.path).string();
  std::string caller = host.caller;
  std::string log_here = "--log-to-stderr";
  std::array<char*, 4> arguments{program.data(), log_here.data(), caller.data(), nullptr};
  pid_t child = 0;
  const int failed =
      ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), pointers.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return os_error(failed, host.path.string());
  in->read = {};
  out->write = {};
  log->write = {};
  const auto until = std::chrono::steady_clock::now() + patience;
  Answer answer;
  const std::string head = read_for(out->read.get(), sizeof(std::uint32_t), until);
  if (head.size() == sizeof(std::uint32_t)) {
    std::uint32_t length = 0;
    std::memcpy(&length, head.data(), sizeof length);
    if (length <= longest_hello) answer.hello = read_for(out->read.get(), length, until);
  }
  in->write = {};  // it ends with its input
  answer.log = read_for(log->read.get(), longest_hello, until);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  return answer;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void judge(const Answer& answer, Findings& out) {
  const auto hello = model::parse_strict(answer.hello, model::Comments::refused);
  const boost::json::value* version =
      hello && hello->is_object() ? hello->get_object().if_contains("host") : nullptr;
  if (version == nullptr || !version->is_string()) {
    out.push_back({Level::error, "handshake",
                   "the host was started and said no hello" +
                       (answer.log.empty() ? std::string() : ": " + first_line(answer.log)),
                   "apt-get install --reinstall fieldnote"});
    return;
  }
  const std::string is(version->get_string());
  out.push_back({Level::ok, "handshake", "the host says hello; it is version " + is, {}});
  if (is != FIELDNOTE_VERSION)
    out.push_back({Level::warning, "version",
                   "the host is version " + is + " and this command is " FIELDNOTE_VERSION,
                   "apt-get install --reinstall fieldnote, and start the browser anew"});
  if (answer.log.find("landlock_abi 0") != answer.log.npos)
    out.push_back({Level::warning, "sandbox",
                   "this kernel has no Landlock: files are held back by their modes alone",
                   "use Linux 5.13 or newer, and add landlock to the kernel's lsm= list"});
  else
    out.push_back({Level::ok, "sandbox", "the host locks itself in by seccomp and Landlock", {}});
  if (answer.log.find("memory_locked 0") != answer.log.npos)
    out.push_back(
        {Level::warning, "locked_memory",
         "this account may not lock memory, so keys and events can be swapped",
         "raise LimitMEMLOCK for the session (systemd) or memlock in limits.conf(5) to 64 "
         "MB"});
}

}  // namespace

void check_handshake(const Machine& machine, const HostProgram& host, Findings& out) {
  if (host.path.empty()) return;
  if (::access(machine.at(host.path).c_str(), X_OK) != 0) return;
  const auto answer = start(machine, host);
  if (!answer)
    out.push_back({Level::error, "handshake", answer.error().sentence,
                   "apt-get install --reinstall fieldnote"});
  else
    judge(*answer, out);
}

}  // namespace fieldnote::doctor
