// What `forgetful` writes down of a program: each operation that changed a file or a folder beneath
// the one that it watches, each sync, and what was said to the browser, in the order in which they
// happened. A record is this head and `length` bytes behind it.
#pragma once

#include <cstdint>

namespace fieldnote::fault {

enum class Act : std::uint32_t {
  make_file,    // inode; bytes: path
  make_folder,  // inode; bytes: path
  write,        // inode, offset; bytes: what was written
  truncate,     // inode, offset: the new size
  sync,         // inode of a file or folder
  rename,       // bytes: from, NUL, to
  remove,       // bytes: path
  said,         // inode: process; bytes: what went to its standard output
  failed,       // inode: process; an operation was made to fail
};

struct Record {
  Act act;
  std::uint32_t length;
  std::uint64_t inode;
  std::uint64_t offset;
};

// The environment by which `forgetful` is told what to do.
inline constexpr const char* watch_beneath = "FORGETFUL_WATCH";      // a folder, absolute
inline constexpr const char* log_descriptor = "FORGETFUL_LOG";       // where the records go
inline constexpr const char* fail_at = "FORGETFUL_FAIL_AT";          // the nth operation fails: EIO
inline constexpr const char* fail_for_good = "FORGETFUL_FOR_GOOD";   // and all that follow it
inline constexpr const char* room_left = "FORGETFUL_ROOM";           // bytes until ENOSPC
inline constexpr const char* kill_at = "FORGETFUL_KILL_AT";          // SIGKILL before the nth
inline constexpr const char* no_nameless = "FORGETFUL_NO_NAMELESS";  // no O_TMPFILE: a network's

}  // namespace fieldnote::fault
