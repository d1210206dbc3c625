// The host as a browser starts it: pipes, the caller's name, and nothing else. It says hello first.
// Its state is an empty folder of ours, so that looking leaves nothing behind.
#pragma once

#include <string>

#include "platform/file.hpp"

namespace fieldnote::doctor {

struct Answer {
  std::string hello;  // empty where none came
  std::string log;    // standard error
};

// Waits ten seconds for its word, and ends it.
[[nodiscard]] Result<Answer> start_host(const platform::fs::path& path, std::string caller);

}  // namespace fieldnote::doctor
