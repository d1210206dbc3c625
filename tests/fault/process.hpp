// A program as the browser has it: its standard input and output are pipes, what it says on
// standard error is kept. Killed with its owner.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/file.hpp"

namespace fieldnote::fault {

namespace fs = platform::fs;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// How a process ended.
struct End {
  int exit = -1;   // its exit code, or
  int signal = 0;  // what killed it
  friend bool operator==(const End&, const End&) = default;
};

class Process {
 public:
  struct Start {
    fs::path program;
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment;
    int log = -1;  // a descriptor that it inherits as `inherited_log`
  };
  static constexpr int inherited_log = 9;

  explicit Process(const Start& start);
  Process(Process&&) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  Process& operator=(Process&&) = delete;
  ~Process();

  [[nodiscard]] pid_t pid() const { return pid_; }
  // Both do not block.
  [[nodiscard]] int input() const { return input_.get(); }
  [[nodiscard]] int output() const { return output_.get(); }
  void close_input() { input_ = {}; }
  void close_output() { output_ = {}; }

  void signal(int number) const;
  // SIGKILL, and the end of it.
  void kill();
  // Nothing where it still runs after `patience`.
  std::optional<End> wait(milliseconds patience);

  // All of its standard output until it is closed; for programs that take no input.
  [[nodiscard]] std::string read_output() const;
  // What it has said on standard error so far.
  [[nodiscard]] std::string errors() const;
  // A number of /proc/PID/status.
  [[nodiscard]] long status(const std::string& name) const;

 private:
  pid_t pid_ = -1;
  platform::Descriptor handle_, input_, output_, errors_;
  std::optional<End> end_;
};

}  // namespace fieldnote::fault
