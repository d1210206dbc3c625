#include "doctor/started_host.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <vector>

extern char** environ;

namespace fieldnote::doctor {
namespace {

namespace fs = platform::fs;

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

}  // namespace

Result<Answer> start_host(const fs::path& path, std::string caller) {
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
  std::string program = path.string();
  std::string log_here = "--log-to-stderr";
  std::array<char*, 4> arguments{program.data(), log_here.data(), caller.data(), nullptr};
  pid_t child = 0;
  const int failed =
      ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), pointers.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return os_error(failed, program);
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

}  // namespace fieldnote::doctor
