#include "doctor/checks.hpp"
#include "policy/assignment.hpp"

namespace fieldnote::doctor {
namespace {

constexpr const char* check = "policy";

void check_account(const Machine& machine, const policy::Policy& policy, Findings& out) {
  const policy::Assignment assignment(policy, machine.account);
  const std::string& user = machine.account.user;
  const std::string file = (machine.policy / "policy.json").string();
  switch (assignment.standing()) {
    case policy::Standing::listed:
      out.push_back({Level::ok, "account", user + " is on the list of a team", {}});
      return;
    case policy::Standing::not_listed:
      out.push_back({Level::warning, "account",
                     user + " is in no team of the policy, so nothing of them is recorded",
                     "fieldnote policy explain --team TEAM --url URL; then add " + user +
                         ", or a group of `id " + user + "`, to \"members\" of a team"});
      return;
    case policy::Standing::shared_account:
      out.push_back({Level::error, "account",
                     user + " is an account that several people share, and is never recorded",
                     "work on an account of one's own, or take " + user +
                         " out of \"shared_accounts\" in " + file});
      return;
    case policy::Standing::off:
      out.push_back({Level::warning, "recording", "the organisation has stopped all recording",
                     "set \"recording\" to \"on\" in " + file});
      return;
  }
}

}  // namespace

void check_policy(const Machine& machine, const Result<policy::Policy>& policy, Findings& out) {
  if (!policy) {
    const std::string folder = machine.policy.string();
    const bool is_there = machine.has(machine.policy / "policy.json");
    out.push_back({Level::error, check,
                   is_there ? policy.error().sentence
                            : "there is no policy in " + folder + ", so nothing is recorded",
                   is_there ? "fieldnote policy check " + folder
                            : "cp /usr/share/doc/fieldnote/examples/policy.json " + folder +
                                  "/, and write your own into it"});
    return;
  }
  out.push_back({Level::ok,
                 check,
                 "the policy of " + policy->organisation + " is good (" +
                     policy->digest.hex().substr(0, 8) + ")",
                 {}});
  for (const std::string& warning : policy->warnings)
    out.push_back({Level::warning, check, warning, "fieldnote policy check --strict"});
  check_account(machine, *policy, out);
}

}  // namespace fieldnote::doctor
