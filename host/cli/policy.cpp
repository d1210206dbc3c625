// fieldnote policy check: what the host would say to a policy, before the host says it.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "policy/policy.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  std::string folder{platform::policy_folder};
  bool as_json = false;
};

Exit print_json(const Result<policy::Policy>& policy) {
  boost::json::object report{{"valid", policy.has_value()}};
  if (policy) {
    boost::json::array warnings;
    for (const std::string& warning : policy->warnings) warnings.emplace_back(warning);
    report["digest"] = policy->digest.hex();
    report["teams"] = policy->teams.size();
    report["warnings"] = std::move(warnings);
  } else {
    report["error"] = policy.error().sentence;
  }
  std::cout << boost::json::serialize(report) << '\n';
  return policy ? Exit::good : Exit::failed;
}

Exit check(const Options& options) {
  const auto policy = policy::read_policy(options.folder);
  if (options.as_json) return print_json(policy);
  if (!policy) return fail(policy.error());
  for (const std::string& warning : policy->warnings)
    std::cout << styled("warning: ", Style::yellow) << warning << '\n';
  std::vector<std::vector<std::string>> rows{{"team", "sites", "excluded", "values"}};
  for (const policy::Team& team : policy->teams)
    rows.push_back({team.name, std::to_string(team.sites.size()),
                    std::to_string(team.exclude.size()), std::string(model::word(team.values))});
  std::cout << styled("The policy is good.", Style::green) << ' ' << policy->organisation << ", "
            << counted(policy->teams.size(), "team") << ", "
            << counted(policy->recipients.size(), "recipient") << ".\n";
  if (!policy->teams.empty()) print_table(rows);
  return Exit::good;
}

}  // namespace

void add_policy(CLI::App& program, Exit& exit) {
  CLI::App* policy = program.add_subcommand("policy", "What the organisation decided");
  policy->require_subcommand(1);
  CLI::App* command = policy->add_subcommand(
      "check", "Reads a policy as the host does and says what is wrong with it, and where");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = check(*options); });
}

}  // namespace fieldnote::cli
