// Whose work is recorded: the operating system's account that the process runs as, and the groups
// it is in.
#pragma once

#include <string>
#include <vector>

#include "platform/error.hpp"

namespace fieldnote::platform {

struct Account {
  std::string user;
  std::vector<std::string> groups;
};

// Asks the name service; call it before the sandbox, which would let it return no groups and no
// error.
[[nodiscard]] Result<Account> current_account();

}  // namespace fieldnote::platform
