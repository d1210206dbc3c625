// The subcommands of `fieldnote policy`, one file each.
#pragma once

#include "cli/commands.hpp"

namespace fieldnote::cli {

void add_policy_check(CLI::App& policy, Exit& exit);
void add_policy_diff(CLI::App& policy, Exit& exit);
void add_policy_describe(CLI::App& policy, Exit& exit);
void add_policy_explain(CLI::App& policy, Exit& exit);
void add_policy_render(CLI::App& policy, Exit& exit);
void add_policy_merge(CLI::App& policy, Exit& exit);

}  // namespace fieldnote::cli
