// fieldnote policy check: what the host would say to a policy, before the host says it.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "policy/policy.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  std::string folder{platform::policy_folder};
  bool draft = false;
  bool strict = false;
  bool as_json = false;
};

void print_json(const Result<policy::Policy>& policy) {
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
}

void print(const policy::Policy& policy) {
  for (const std::string& warning : policy.warnings)
    std::cout << styled("warning: ", Style::yellow) << warning << '\n';
  std::vector<std::vector<std::string>> rows{{"team", "sites", "excluded", "values"}};
  for (const policy::Team& team : policy.teams)
    rows.push_back({team.name, std::to_string(team.sites.size()),
                    std::to_string(team.exclude.size()), std::string(model::word(team.values))});
  std::cout << styled("The policy is good.", Style::green) << ' ' << policy.organisation << ", "
            << counted(policy.teams.size(), "team") << ", "
            << counted(policy.recipients.size(), "recipient") << ".\n";
  if (!policy.teams.empty()) print_table(rows);
}

Exit check(const Options& options) {
  const auto policy = policy::read_policy(
      options.folder, options.draft ? policy::Writers::anybody : policy::Writers::root_or_us);
  if (options.as_json)
    print_json(policy);
  else if (!policy)
    fail(policy.error());
  else
    print(*policy);
  if (!policy) return Exit::failed;
  return options.strict && !policy->warnings.empty() ? Exit::partly : Exit::good;
}

}  // namespace

void add_policy_check(CLI::App& policy, Exit& exit) {
  CLI::App* command = policy.add_subcommand(
      "check",
      "Reads a policy as the host does and says what is wrong with it, and where.\n"
      "Exit code 0: the host takes it; 1: it does not; 2: with --strict, it does, with warnings");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_flag("--draft", options->draft,
                    "Do not ask who can write the files: for a checkout in CI");
  command->add_flag("--strict", options->strict, "Warnings count: exit code 2");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = check(*options); });
}

}  // namespace fieldnote::cli
