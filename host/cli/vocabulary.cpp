// fieldnote vocabulary: the words of the tools that the release gate would hold back, for somebody
// to read and to approve.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>
#include <memory>
#include <set>
#include <thread>

#include "cli/access_log.hpp"
#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_number.hpp"
#include "dataset/survey/vocabulary.hpp"

namespace fieldnote::cli {
namespace {

constexpr std::size_t most_shown = 40;

struct Options {
  IdentitySource identity;
  AccessOptions access;
  std::string roster;
  std::string out;
  std::vector<std::string> bundles;
  unsigned min_people = 0;
};

void print_texts(const std::vector<dataset::RareText>& texts) {
  if (texts.empty()) return;
  std::vector<std::vector<std::string>> rows{{"place", "app", "people", "times", "text"}};
  for (const dataset::RareText& text : texts) {
    if (rows.size() > most_shown) break;
    rows.push_back({std::string(dataset::clear_words[static_cast<std::size_t>(text.place)]),
                    printable(text.app), std::to_string(text.people), std::to_string(text.times),
                    printable(text.text)});
  }
  print_table(rows);
  if (texts.size() > most_shown)
    std::cout << "and " << texts.size() - most_shown << " more, all of them with --out\n";
}

boost::json::array digests_of(const dataset::Survey& survey) {
  std::set<std::string> digests;  // not in the order of people
  for (const dataset::PersonFiles& person : survey.people)
    for (const dataset::GoodChain& chain : person.chains)
      for (const dataset::GoodFile& file : chain.files) digests.insert(file.digest.hex());
  return boost::json::array(digests.begin(), digests.end());
}

Exit list(const Options& options) {
  const auto roster = dataset::Roster::read(options.roster);
  if (!roster) return fail(roster.error());
  if (!options.out.empty() && platform::fs::exists(options.out))
    return fail(options.out + ": is there already; name a new file");
  auto log = AccessLog::open(options.access, options.identity);
  if (!log) return fail(log.error());
  const auto identities = read_identities(options.identity);
  if (!identities) return fail(identities.error());
  if (auto added = log->add({{"did", "vocabulary"}, {"state", "begun"}, {"out", options.out}});
      !added)
    return fail(added.error());
  Progress finding("looking"), reading("reading");
  const std::vector<platform::fs::path> inputs(options.bundles.begin(), options.bundles.end());
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  auto set = dataset::find_bundles(
      inputs, *identities, *roster, threads,
      [&](std::size_t done, std::size_t of) { finding.update(done, of, "bundles"); });
  if (!set) return fail(set.error());
  dataset::Survey survey;
  const auto taken = dataset::take_survey(
      std::move(*set), *identities, threads,
      [&](std::size_t done, std::size_t of) { reading.update(done, of, "bundles"); }, survey);
  if (!taken) return fail(taken.error());
  boost::json::object opened{{"did", "vocabulary"}, {"state", "done"}, {"out", options.out}};
  opened["bundles"] = digests_of(survey);
  // Before anything of them is shown.
  if (auto added = log->add(std::move(opened)); !added) return fail(added.error());
  const unsigned people = std::max({1U, options.min_people, survey.min_participants});
  const dataset::Release release(survey.sightings, {people, false, {}});
  const auto texts = dataset::rare_texts(survey, release, *identities);
  if (!texts) return fail(texts.error());
  for (const auto& [file, why, foreign] : survey.skipped)
    std::cout << styled("skipped ", Style::yellow) << printable(why) << '\n';
  print_texts(*texts);
  std::cout << styled(counted(texts->size(), "string"), Style::bold) << " from fewer than "
            << people << " of " << counted(survey.people.size(), "participant");
  if (!options.out.empty()) {
    auto file = platform::DurableFile::create(options.out, 0600);
    if (!file) return fail(file.error());
    const std::string text = dataset::vocabulary_json(*texts);
    if (auto written = file->write(platform::as_bytes(text)); !written)
      return fail(written.error());
    if (auto done = file->commit(); !done) return fail(done.error());
    std::cout << ", in " << options.out
              << ": take out what is not the tool's own, write your name after \"approved_by\", "
                 "and give it to `fieldnote export --vocabulary`";
  }
  std::cout << ".\n";
  return survey.skipped.empty() ? Exit::good : Exit::partly;
}

}  // namespace

void add_vocabulary(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "vocabulary", "Lists words of the tools that an export would hold back, to be approved");
  auto options = std::make_shared<Options>();
  add_identity(*command, options->identity);
  add_access(*command, options->access);
  command->add_option("--roster", options->roster, "Who takes part: participant keys by number")
      ->required();
  command
      ->add_option("--min-people", options->min_people,
                   "From how many people a text must come; at least what the policy says")
      ->check(whole_number(1, 1'000'000));
  command->add_option("--out", options->out, "A new file for all of them, to be approved in");
  command->add_option("bundles", options->bundles, "Bundles, or folders of them")->required();
  command->callback([options, &exit] { exit = list(*options); });
}

}  // namespace fieldnote::cli
