// A lock between processes: flock(2) on a file of its own, released with its holder or its process.
// SQLite's own locks let one of several writers starve; whoever writes queues here first.
#pragma once

#include <chrono>
#include <optional>

#include "platform/file.hpp"

namespace fieldnote::platform {

class LockFile {
 public:
  [[nodiscard]] static Result<LockFile> open(const fs::path& path);

  class Hold {
   public:
    explicit Hold(int fd) : fd_(fd) {}
    Hold(Hold&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    Hold& operator=(Hold&&) = delete;
    ~Hold();

   private:
    int fd_;
  };

  // Waits for its turn.
  [[nodiscard]] Result<Hold> lock();
  // Waits no longer than `most`; nothing where somebody else has it still.
  [[nodiscard]] Result<std::optional<Hold>> lock_within(std::chrono::milliseconds most);
  // Nothing where somebody else has it.
  [[nodiscard]] Result<std::optional<Hold>> try_lock();

 private:
  LockFile(Descriptor file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}
  Descriptor file_;
  std::string name_;
};

}  // namespace fieldnote::platform
