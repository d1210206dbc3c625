// fieldnote policy describe: the annex for a works agreement or an impact assessment.
#include <iostream>
#include <memory>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "policy/annex.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  std::string folder{platform::policy_folder};
  std::string format = "md";
};

Exit describe_policy(const Options& options) {
  if (options.format != "md") return fail("the one format is md");
  const auto policy = policy::read_policy(options.folder, policy::Writers::anybody);
  if (!policy) return fail(policy.error());
  std::cout << policy::annex(*policy);
  return Exit::good;
}

}  // namespace

void add_policy_describe(CLI::App& policy, Exit& exit) {
  CLI::App* command = policy.add_subcommand(
      "describe",
      "Prints what the policy means for people: every field that can leave, why, how much of it, "
      "how long, who reads it");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_option("--format", options->format, "md: Markdown")->capture_default_str();
  command->callback([options, &exit] { exit = describe_policy(*options); });
}

}  // namespace fieldnote::cli
