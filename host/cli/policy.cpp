// fieldnote policy: what the organisation decided.
#include "cli/policy_commands.hpp"

namespace fieldnote::cli {

void add_policy(CLI::App& program, Exit& exit) {
  CLI::App* policy = program.add_subcommand("policy", "What the organisation decided");
  policy->require_subcommand(1);
  add_policy_check(*policy, exit);
  add_policy_diff(*policy, exit);
  add_policy_describe(*policy, exit);
  add_policy_explain(*policy, exit);
  add_policy_render(*policy, exit);
  add_policy_merge(*policy, exit);
}

}  // namespace fieldnote::cli
