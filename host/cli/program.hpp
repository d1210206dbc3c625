// All subcommands of `fieldnote` in one parser; what runs them and what describes them share it.
#pragma once

#include <memory>

#include "cli/commands.hpp"

namespace fieldnote::cli {

// `exit` must outlive the parser: the command that was called leaves its exit code there.
[[nodiscard]] std::unique_ptr<CLI::App> make_program(Exit& exit);

}  // namespace fieldnote::cli
