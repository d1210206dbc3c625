// One thing that was looked at, how it is, and the command that mends it. Health only: nothing here
// tells what or how much somebody worked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fieldnote::doctor {

enum class Level {
  ok,
  warning,  // recording works, and less is sure than could be
  error,    // nothing is recorded, or something is in danger
};

[[nodiscard]] std::string_view word(Level level);

struct Finding {
  Level level = Level::ok;
  std::string check;     // what was looked at, as scripts compare it: "native_manifest"
  std::string sentence;  // how it is
  std::string mend;      // a command, or what to write where; empty where all is well
};

using Findings = std::vector<Finding>;

}  // namespace fieldnote::doctor
