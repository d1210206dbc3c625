// fieldnote policy diff: what widens and what narrows between two policies.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "policy/comparison.hpp"

namespace fieldnote::cli {
namespace {

using policy::Change;
using policy::Direction;

struct Options {
  std::string before;
  std::string after;
  bool as_json = false;
};

void print_json(const std::vector<Change>& changes) {
  boost::json::object report{{"wider", boost::json::array()},
                             {"narrower", boost::json::array()},
                             {"changed", boost::json::array()}};
  for (const Change& change : changes) {
    boost::json::object entry{{"subject", change.subject}, {"what", change.what}};
    if (!change.team.empty()) entry["team"] = change.team;
    report[policy::word(change.direction)].as_array().push_back(std::move(entry));
  }
  std::cout << boost::json::serialize(report) << '\n';
}

void print_changes(const std::vector<Change>& changes, Direction direction, Style style) {
  for (const Change& change : changes) {
    if (change.direction != direction) continue;
    std::string word(policy::word(direction));
    word.resize(10, ' ');
    std::cout << styled(word, style) << change.subject;
    if (!change.team.empty()) std::cout << " of team " << printable(change.team);
    std::cout << ": " << printable(change.what) << '\n';
  }
}

Exit diff(const Options& options) {
  const auto before = policy::read_policy(options.before, policy::Writers::anybody);
  if (!before) return fail(before.error());
  const auto after = policy::read_policy(options.after, policy::Writers::anybody);
  if (!after) return fail(after.error());
  const std::vector<Change> changes = policy::compare(*before, *after);
  const bool widens = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.direction == Direction::wider;
  });
  if (options.as_json) {
    print_json(changes);
  } else {
    print_changes(changes, Direction::wider, Style::red);
    print_changes(changes, Direction::narrower, Style::green);
    print_changes(changes, Direction::changed, Style::yellow);
    std::cout << (widens            ? "It widens: those whom it concerns are asked again."
                  : changes.empty() ? "Nothing changes for people."
                                    : "Nothing widens.")
              << '\n';
  }
  return widens ? Exit::partly : Exit::good;
}

}  // namespace

void add_policy_diff(CLI::App& policy, Exit& exit) {
  CLI::App* command = policy.add_subcommand(
      "diff",
      "Says which sites, fields, recipients, disclosures, times and purposes widen or narrow.\n"
      "Exit code 0: nothing widens; 2: something does; 1: one of the policies cannot be read");
  auto options = std::make_shared<Options>();
  command->add_option("old", options->before, "A folder with policy.json and teams.d")->required();
  command->add_option("new", options->after, "The same, as it is to be")->required();
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = diff(*options); });
}

}  // namespace fieldnote::cli
