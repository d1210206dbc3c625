// A library that is loaded under a program (LD_PRELOAD) and stands between it and the file system.
// It writes down what changes beneath one folder (operation.hpp), so that a test can tell what a
// loss of power at any point would have left; or it makes the nth operation fail, lets the room run
// out, or kills the program before it. What it does not watch it passes on.
//
// System calls are made directly: they are all that the program's sandbox lets through.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "operation.hpp"

namespace {

using fieldnote::fault::Act;
using fieldnote::fault::Record;

long number_in(const char* name, long otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::atol(text) : otherwise;
}

std::string text_in(const char* name) {
  const char* text = std::getenv(name);
  return text != nullptr ? text : "";
}

struct Orders {
  std::string beneath = text_in(fieldnote::fault::watch_beneath);
  int log = static_cast<int>(number_in(fieldnote::fault::log_descriptor, -1));
  long fail_at = number_in(fieldnote::fault::fail_at, 0);
  bool for_good = number_in(fieldnote::fault::fail_for_good, 0) != 0;
  long room = number_in(fieldnote::fault::room_left, -1);
  long kill_at = number_in(fieldnote::fault::kill_at, 0);
  bool no_nameless = number_in(fieldnote::fault::no_nameless, 0) != 0;
};

// Made at the first use, which is before main and so before any thread and any sandbox.
Orders& orders() {
  static Orders orders;
  return orders;
}

long operations = 0;
std::array<bool, 1024> watched{};

bool is_watched(int fd) {
  return fd >= 0 && static_cast<std::size_t>(fd) < watched.size() &&
         watched[static_cast<std::size_t>(fd)];
}

bool is_beneath(const char* path) {
  const std::string_view folder = orders().beneath;
  return !folder.empty() && std::string_view(path).starts_with(folder);
}

void note(Act act, std::uint64_t inode, std::uint64_t offset = 0, const void* bytes = nullptr,
          std::size_t length = 0) {
  if (orders().log < 0) return;
  const int before = errno;
  const Record record{act, static_cast<std::uint32_t>(length), inode, offset};
  const std::array<iovec, 2> parts{iovec{const_cast<Record*>(&record), sizeof record},
                                   iovec{const_cast<void*>(bytes), length}};
  ::syscall(SYS_writev, orders().log, parts.data(), parts.size());
  errno = before;
}

void note(Act act, std::uint64_t inode, std::string_view text) {
  note(act, inode, 0, text.data(), text.size());
}

// Called before each operation. False: it is to fail, and errno says how.
bool may_go_on(std::size_t bytes = 0) {
  const long number = ++operations;
  if (number == orders().kill_at) ::syscall(SYS_kill, ::getpid(), SIGKILL);
  if (orders().fail_at > 0 &&
      (number == orders().fail_at || (orders().for_good && number > orders().fail_at))) {
    note(Act::failed, static_cast<std::uint64_t>(::getpid()));
    errno = EIO;
    return false;
  }
  if (orders().room >= 0 && bytes > 0) {
    orders().room -= static_cast<long>(bytes);
    if (orders().room < 0) {
      orders().room = 0;
      note(Act::failed, static_cast<std::uint64_t>(::getpid()));
      errno = ENOSPC;
      return false;
    }
  }
  return true;
}

std::uint64_t inode_of(int fd) {
  struct stat facts {};
  return ::fstat(fd, &facts) == 0 ? facts.st_ino : 0;
}

bool is_there(const char* path) {
  struct stat facts {};
  const int before = errno;
  const bool there = ::lstat(path, &facts) == 0;
  errno = before;
  return there;
}

int open_watched(int folder, const char* path, int flags, mode_t mode) {
  if (path[0] != '/' || !is_beneath(path))
    return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
  if (orders().no_nameless && (flags & O_TMPFILE) == O_TMPFILE) {
    errno = EOPNOTSUPP;
    return -1;
  }
  const bool makes = (flags & O_CREAT) != 0 && !is_there(path);
  if (makes && !may_go_on()) return -1;
  const int fd = static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
  if (fd < 0 || static_cast<std::size_t>(fd) >= watched.size()) return fd;
  watched[static_cast<std::size_t>(fd)] = true;
  if (makes)
    note(Act::make_file, inode_of(fd), path);
  else if ((flags & O_TRUNC) != 0)
    note(Act::truncate, inode_of(fd));
  return fd;
}

// The mode is there only where a file may be made.
mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

// What goes down a pipe that is not standard error is said to the browser.
void note_said(int fd, const iovec* parts, std::size_t count, ssize_t written) {
  struct stat facts {};
  if (fd == STDERR_FILENO || ::fstat(fd, &facts) != 0 || !S_ISFIFO(facts.st_mode)) return;
  std::string said;
  for (std::size_t i = 0; i < count; ++i)
    said.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  said.resize(static_cast<std::size_t>(written));
  note(Act::said, static_cast<std::uint64_t>(::getpid()), said);
}

// A sync is written down and not waited for: what would be left of a real disk is not asked here.
int sync_watched(long call, int fd) {
  if (!is_watched(fd)) return static_cast<int>(::syscall(call, fd));
  if (!may_go_on()) return -1;
  note(Act::sync, inode_of(fd));
  return 0;
}

int truncate_watched(int fd, off_t size) {
  if (is_watched(fd) && !may_go_on()) return -1;
  const int done = static_cast<int>(::syscall(SYS_ftruncate, fd, size));
  if (done == 0 && is_watched(fd))
    note(Act::truncate, inode_of(fd), static_cast<std::uint64_t>(size));
  return done;
}

ssize_t write_at(int fd, const void* bytes, std::size_t count, off_t offset) {
  if (is_watched(fd) && !may_go_on(count)) return -1;
  const ssize_t written = ::syscall(SYS_pwrite64, fd, bytes, count, offset);
  if (written > 0 && is_watched(fd))
    note(Act::write, inode_of(fd), static_cast<std::uint64_t>(offset), bytes,
         static_cast<std::size_t>(written));
  return written;
}

int rename_watched(const char* from, const char* to, unsigned flags) {
  const bool matters = is_beneath(from) || is_beneath(to);
  if (matters && !may_go_on()) return -1;
  const int done = static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
  if (done == 0 && matters) note(Act::rename, 0, std::string(from) + '\0' + to);
  return done;
}

int remove_watched(const char* path, int flags) {
  const bool matters = is_beneath(path);
  if (matters && !may_go_on()) return -1;
  const int done = static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, flags));
  if (done == 0 && matters) note(Act::remove, 0, path);
  return done;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_watched(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_watched(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_watched(folder, path, flags, mode);
}

// What FORTIFY makes of `open` without a mode.
int __open_2(const char* path, int flags) {
  return open_watched(AT_FDCWD, path, flags, 0);
}
int __open64_2(const char* path, int flags) {
  return open_watched(AT_FDCWD, path, flags, 0);
}

int close(int fd) {
  if (is_watched(fd)) watched[static_cast<std::size_t>(fd)] = false;
  return static_cast<int>(::syscall(SYS_close, fd));
}

ssize_t write(int fd, const void* bytes, std::size_t count) {
  if (is_watched(fd)) {
    const auto offset = static_cast<off_t>(::syscall(SYS_lseek, fd, 0, SEEK_CUR));
    const ssize_t written = write_at(fd, bytes, count, offset);
    if (written > 0) ::syscall(SYS_lseek, fd, offset + written, SEEK_SET);
    return written;
  }
  const ssize_t written = ::syscall(SYS_write, fd, bytes, count);
  const iovec part{const_cast<void*>(bytes), count};
  if (written > 0) note_said(fd, &part, 1, written);
  return written;
}

ssize_t writev(int fd, const iovec* parts, int count) {
  const ssize_t written = ::syscall(SYS_writev, fd, parts, count);
  if (written > 0) note_said(fd, parts, static_cast<std::size_t>(count), written);
  return written;
}

ssize_t pwrite(int fd, const void* bytes, std::size_t count, off_t offset) {
  return write_at(fd, bytes, count, offset);
}
ssize_t pwrite64(int fd, const void* bytes, std::size_t count, off64_t offset) {
  return write_at(fd, bytes, count, offset);
}

int ftruncate(int fd, off_t size) noexcept {
  return truncate_watched(fd, size);
}
int ftruncate64(int fd, off64_t size) noexcept {
  return truncate_watched(fd, size);
}
int fsync(int fd) {
  return sync_watched(SYS_fsync, fd);
}
int fdatasync(int fd) {
  return sync_watched(SYS_fdatasync, fd);
}

int rename(const char* from, const char* to) noexcept {
  return rename_watched(from, to, 0);
}
int renameat2(int, const char* from, int, const char* to, unsigned flags) noexcept {
  return rename_watched(from, to, flags);
}

int unlink(const char* path) noexcept {
  return remove_watched(path, 0);
}
int rmdir(const char* path) noexcept {
  return remove_watched(path, AT_REMOVEDIR);
}
int remove(const char* path) noexcept {
  const int done = remove_watched(path, 0);
  return done != 0 && errno == EISDIR ? remove_watched(path, AT_REMOVEDIR) : done;
}

int mkdir(const char* path, mode_t mode) noexcept {
  const bool matters = is_beneath(path) && !is_there(path);
  if (matters && !may_go_on()) return -1;
  const int done = static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
  struct stat facts {};
  if (done == 0 && matters && ::lstat(path, &facts) == 0)
    note(Act::make_folder, facts.st_ino, path);
  return done;
}

}  // extern "C"
