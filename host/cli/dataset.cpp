// fieldnote dataset check, dataset diff: datasets after they were made.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <memory>

#include "cli/access_log.hpp"
#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/terminal.hpp"
#include "dataset/survey/standing.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;

struct CheckOptions {
  std::vector<std::string> datasets;
  std::vector<std::string> bundles;
  std::string roster;
  IdentitySource identity;
  AccessOptions access;
  bool as_json = false;
};

std::string today() {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

// What is to be done about one dataset, each a sentence.
Result<std::vector<std::string>> check_one(const std::string& folder, const dataset::BundleSet& set,
                                           std::span<const seal::X25519Identity> identities) {
  const auto description = dataset::read_description(folder);
  if (!description) return description.error();
  auto found = dataset::changed_files(folder, *description);
  if (!found) return found;
  const auto taken = dataset::taken_back(set, identities, *description);
  if (taken.events > 0)
    found->push_back(counted(taken.events, "event") + " in " + counted(taken.bundles, "bundle") +
                     " were taken back: make it anew, with --parent " +
                     std::string(description->at("id").as_string()) + ", and delete this one");
  if (!taken.unread.empty()) {
    const std::size_t others = taken.unread.size() - 1;
    found->push_back("who has taken back what is not wholly known: " + taken.unread.front() +
                     (others == 0 ? "" : "; and " + std::to_string(others) + " more"));
  }
  if (const json::value* day = description->if_contains("delete_after");
      day != nullptr && day->is_string() && std::string_view(day->get_string()) < today())
    found->push_back("was to be deleted after " + std::string(day->get_string()));
  return found;
}

Exit check(const CheckOptions& options) {
  const auto roster = dataset::Roster::read(options.roster);
  if (!roster) return fail(roster.error());
  auto log = AccessLog::open(options.access, options.identity);
  if (!log) return fail(log.error());
  const auto identities = read_identities(options.identity);
  if (!identities) return fail(identities.error());
  json::array datasets(options.datasets.begin(), options.datasets.end());
  if (auto added = log->add({{"did", "dataset check"}, {"datasets", datasets}}); !added)
    return fail(added.error());
  const std::vector<platform::fs::path> inputs(options.bundles.begin(), options.bundles.end());
  Progress looking("looking");
  const auto set = dataset::find_bundles(
      inputs, *identities, *roster, 1,
      [&](std::size_t done, std::size_t of) { looking.update(done, of, "bundles"); });
  if (!set) return fail(set.error());
  json::array told;
  bool good = true;
  for (const std::string& folder : options.datasets) {
    const auto found = check_one(folder, *set, *identities);
    if (!found) return fail(found.error());
    good = good && found->empty();
    if (options.as_json) {
      told.push_back(
          json::object{{"dataset", folder}, {"found", json::array(found->begin(), found->end())}});
      continue;
    }
    if (found->empty())
      std::cout << styled("good ", Style::green) << printable(folder)
                << ": whole, and nobody has taken back any of it\n";
    for (const std::string& what : *found)
      std::cout << styled("look ", Style::yellow) << printable(folder + ": " + what) << '\n';
  }
  if (options.as_json) std::cout << json::serialize(told) << '\n';
  return good ? Exit::good : Exit::partly;
}

Exit diff(const std::string& a, const std::string& b) {
  const auto first = dataset::read_description(a);
  if (!first) return fail(first.error());
  const auto second = dataset::read_description(b);
  if (!second) return fail(second.error());
  const auto lines = dataset::differences(*first, *second);
  for (const std::string& line : lines) std::cout << printable(line) << '\n';
  if (lines.empty()) std::cout << "They are the same work.\n";
  return lines.empty() ? Exit::good : Exit::partly;
}

void add_check(CLI::App& dataset, Exit& exit) {
  CLI::App* command = dataset.add_subcommand(
      "check", "Says which datasets have to be made anew, as people took back what is in them");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("datasets", options->datasets, "Folders of datasets")->required();
  command
      ->add_option("--bundles", options->bundles,
                   "All bundles that there are now, or folders of them: what asks back is among "
                   "them")
      ->required();
  command->add_option("--roster", options->roster, "Who takes part: participant keys by number")
      ->required();
  add_identity(*command, options->identity);
  add_access(*command, options->access);
  command->add_flag("--json", options->as_json, "For scripts: one JSON array");
  command->callback([options, &exit] { exit = check(*options); });
}

void add_diff(CLI::App& dataset, Exit& exit) {
  CLI::App* command =
      dataset.add_subcommand("diff",
                             "Says how one dataset differs from another, by what they "
                             "say of themselves");
  auto folders = std::make_shared<std::pair<std::string, std::string>>();
  command->add_option("a", folders->first, "A folder of a dataset")->required();
  command->add_option("b", folders->second, "Another")->required();
  command->callback([folders, &exit] { exit = diff(folders->first, folders->second); });
}

}  // namespace

void add_dataset(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand("dataset", "Looks at datasets after they were made");
  command->require_subcommand(1);
  add_check(*command, exit);
  add_diff(*command, exit);
}

}  // namespace fieldnote::cli
