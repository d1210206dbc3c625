// Locks the process in: no new privileges, Landlock (only the named folders), seccomp (only the
// system calls that holding events needs: no socket, no program, no other process). Nothing undoes
// it.
//
// Before it: whatever needs the name service, the policy, another folder. After it Crypto++'s pool
// cannot open /dev/urandom (we use getrandom), SQLite cannot make a temporary table, `getgrouplist`
// silently returns nothing. To be called before any thread is made: what it sets holds for the
// calling thread and those it starts.
#pragma once

#include <span>
#include <string>

#include "platform/file.hpp"

namespace fieldnote::platform {

struct SandboxLevel {
  int landlock_abi = 0;  // 0: the kernel has none, and files are held back by their modes alone
  [[nodiscard]] std::string text() const;
};

// `write_beneath`: folders in which files may be read, written, made and removed. Without seccomp
// there is no sandbox, and this fails.
[[nodiscard]] Result<SandboxLevel> enter_sandbox(std::span<const fs::path> write_beneath);

}  // namespace fieldnote::platform
