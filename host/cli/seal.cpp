// fieldnote seal --now: the participant lets go of what is held, before the review window is over.
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "platform/account.hpp"
#include "platform/paths.hpp"
#include "platform/sandbox.hpp"
#include "recorder/sealer.hpp"
#include "recorder/unlisted.hpp"
#include "spool/damage.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  std::string policy_folder{platform::policy_folder};
  bool now = false;
  bool as_json = false;
};

void print_report(const recorder::SealReport& report, const platform::fs::path& folder,
                  bool as_json) {
  if (as_json) {
    boost::json::array bundles;
    for (const auto& bundle : report.bundles)
      bundles.push_back(boost::json::object{{"file", (folder / bundle.name).string()},
                                            {"events", bundle.events},
                                            {"bytes", bundle.bytes}});
    boost::json::array left;
    for (const std::string& why : report.left) left.emplace_back(why);
    std::cout << boost::json::serialize(boost::json::object{{"bundles", std::move(bundles)},
                                                            {"events", report.events},
                                                            {"left", std::move(left)}})
              << '\n';
    return;
  }
  for (const auto& bundle : report.bundles)
    std::cout << (folder / bundle.name).string() << "  "
              << counted(static_cast<std::uint64_t>(bundle.events), "event") << ", " << bundle.bytes
              << " bytes\n";
  std::cout << styled(report.bundles.empty()
                          ? "Nothing to seal."
                          : "Sealed " +
                                counted(static_cast<std::uint64_t>(report.events), "event") + '.',
                      Style::bold)
            << '\n';
  for (const std::string& why : report.left)
    std::cout << styled("left: ", Style::yellow) << why << '\n';
}

Exit seal_now(const Options& options) {
  if (!options.now)
    return fail(
        "events leave by themselves when their review window is over; say --now to seal all that "
        "is held today");
  const auto policy = policy::read_policy(options.policy_folder);
  if (!policy) return fail(policy.error());
  const auto account = platform::current_account();
  if (!account) return fail(account.error());
  const policy::Assignment assignment(*policy, *account);
  const auto folder = platform::state_folder();
  if (!folder) return fail(folder.error());
  auto spool = spool::Spool::open(*folder);
  if (!spool && spool::means_full(spool.error())) {
    spool::Spool::spend_reserve(*folder);
    spool = spool::Spool::open(*folder);
  }
  if (!spool) return fail(spool.error());
  const std::array<platform::fs::path, 1> writable{*folder};
  if (const auto level = platform::enter_sandbox(writable); !level) return fail(level.error());
  const auto left_lists = recorder::delete_unlisted(*spool, *policy, assignment);
  if (!left_lists) return fail(left_lists.error());
  recorder::Sealer sealer(*spool, policy->keys());
  Progress progress("sealing");
  const auto seal_all = [&] {
    return sealer.seal_all([&](std::int64_t events) {
      progress.update(static_cast<std::uint64_t>(events), 0, "events");
    });
  };
  auto report = seal_all();
  if (!report && spool::means_full(report.error())) {
    // Sealing makes room, and takes some first: that is what the reserve was kept for.
    spool::Spool::spend_reserve(*folder);
    report = seal_all();
  }
  if (!report) {
    if (report.error().code == make_error_code(spool::SpoolError::damaged))
      spool::mark_damage(*folder);
    return fail(report.error());
  }
  print_report(*report, *folder / "bundles", options.as_json);
  if (*left_lists > 0 && !options.as_json)
    std::cout << counted(static_cast<std::uint64_t>(*left_lists), "event")
              << " deleted unsealed: their sites are on no list any more.\n";
  return report->left.empty() ? Exit::good : Exit::partly;
}

}  // namespace

void add_seal(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "seal", "Turns what is held into bundles that only the organisation can read");
  auto options = std::make_shared<Options>();
  command->add_flag("--now", options->now,
                    "All that is held, without waiting for the review window");
  command->add_option("--policy", options->policy_folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = seal_now(*options); });
}

}  // namespace fieldnote::cli
