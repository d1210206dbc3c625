#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>
#include <fstream>

namespace fieldnote::fault {
namespace {

using platform::Descriptor;

std::pair<Descriptor, Descriptor> make_pipe() {
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

Process::Process(const Start& start) {
  auto [in_read, in_write] = make_pipe();
  auto [out_read, out_write] = make_pipe();
  errors_ = Descriptor(::memfd_create("standard error", MFD_CLOEXEC));
  std::vector<std::string> arguments{start.program.string()};
  arguments.insert(arguments.end(), start.arguments.begin(), start.arguments.end());
  std::vector<std::string> environment;
  for (const auto& [name, value] : start.environment) environment.push_back(name + '=' + value);

  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in_read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out_write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors_.get(), STDERR_FILENO);
  if (start.log >= 0) posix_spawn_file_actions_adddup2(&actions, start.log, inherited_log);
  const int failed = ::posix_spawn(&pid_, start.program.c_str(), &actions, nullptr,
                                   pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  BOOST_REQUIRE_MESSAGE(failed == 0, "cannot start " << start.program);

  handle_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  input_ = std::move(in_write);
  output_ = std::move(out_read);
  ::fcntl(input_.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      handle_(std::move(other.handle_)),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)),
      errors_(std::move(other.errors_)),
      end_(std::move(other.end_)) {}

Process::~Process() {
  if (pid_ > 0) kill();
}

void Process::signal(int number) const {
  if (!end_) ::kill(pid_, number);
}

void Process::kill() {
  signal(SIGKILL);
  wait(milliseconds(10000));
}

std::optional<End> Process::wait(milliseconds patience) {
  if (end_) return end_;
  pollfd ended{handle_.get(), POLLIN, 0};
  if (::poll(&ended, 1, static_cast<int>(patience.count())) <= 0) return std::nullopt;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  end_ = WIFEXITED(status) ? End{WEXITSTATUS(status), 0} : End{-1, WTERMSIG(status)};
  return end_;
}

std::string Process::read_output() const {
  std::string text;
  std::array<char, 65536> room{};
  while (true) {
    pollfd readable{output(), POLLIN, 0};
    ::poll(&readable, 1, -1);
    const ssize_t count = ::read(output(), room.data(), room.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count <= 0) return text;
    text.append(room.data(), static_cast<std::size_t>(count));
  }
}

std::string Process::errors() const {
  struct stat facts {};
  ::fstat(errors_.get(), &facts);
  std::string text(static_cast<std::size_t>(facts.st_size), '\0');
  const ssize_t count = ::pread(errors_.get(), text.data(), text.size(), 0);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

long Process::status(const std::string& name) const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name + ':')) return std::stol(line.substr(name.size() + 1));
  return -1;
}

}  // namespace fieldnote::fault
