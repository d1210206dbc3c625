#include "dataset/exporter.hpp"

#include <map>

#include "dataset/card.hpp"
#include "dataset/description.hpp"
#include "dataset/naming.hpp"
#include "dataset/report_page.hpp"
#include "dataset/trajectory_reading.hpp"
#include "dataset/unfinished.hpp"
#include "dataset/writing.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

Error refused(std::string sentence) {
  return {boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
          std::move(sentence)};
}

// What is read of a dataset by people and programs. `dataset.json` comes last: where it is, the
// dataset is whole.
Result<void> write_documents(const ExportReport& report, const ExportOptions& options) {
  const std::array<std::pair<std::string_view, std::string>, 4> documents{
      {{"README.md", card(report, options)},
       {"croissant.json", croissant(report, options)},
       {"report.html", report_page(report, options)},
       {"dataset.json", describe(report, options)}}};
  for (const auto& [name, text] : documents)
    if (auto written = write_document(options.out / name, text); !written) return written;
  return {};
}

// What the survey knows.
ExportReport begin_report(const Survey& survey, const ExportOptions& options) {
  ExportReport report;
  report.people = survey.people.size();
  report.min_people = std::max({1U, options.min_people, survey.min_participants});
  report.internal = options.internal;
  report.synthetic = survey.synthetic;
  report.organisations = survey.organisations;
  report.first_week = survey.first_week;
  report.last_week = survey.last_week;
  report.skipped = survey.skipped;
  report.foreign = survey.foreign;
  report.broken = survey.broken;
  report.doubles = survey.doubles;
  report.withdrawn = survey.withdrawn;
  report.ledger = survey.ledger;
  for (const PersonFiles& person : survey.people)
    for (const auto& chain : person.chains)
      for (const GoodFile& file : chain.files) report.used.push_back({file.digest, file.events});
  // Not in the order of people.
  std::sort(report.used.begin(), report.used.end());
  report.bundles = report.used.size();
  return report;
}

// The team of each person; empty where it is not told. Where so few people are of one that it would
// point at them, it has no name.
std::vector<std::string> teams_of(const Survey& survey, const Roster& roster,
                                  const ExportReport& report) {
  std::map<std::string, std::size_t, std::less<>> people;
  for (const PersonFiles& person : survey.people) ++people[roster.team_of(person.person)];
  std::vector<std::string> teams;
  for (const PersonFiles& person : survey.people) {
    const std::string& team = roster.team_of(person.person);
    const bool enough = report.internal || people[team] >= report.min_people;
    teams.push_back(team.empty() || enough ? team : "of fewer people");
  }
  return teams;
}

// Fewer people than this, and a dataset would be about somebody. `what`: it is made of.
Result<void> check_people(const ExportReport& report, const std::string& what) {
  if (report.internal || report.people >= std::size_t{2} * report.min_people) return {};
  return refused(what + " of " + std::to_string(report.people) +
                 (report.people == 1 ? " person" : " people") + ", and a dataset needs " +
                 std::to_string(2 * report.min_people) +
                 ", twice what its texts must be seen from; collect more, or add --internal for "
                 "one that is not handed on");
}

// What of all trajectories is taken.
Result<void> choose(Plan& plan, const TrajectoryReading& reading) {
  auto chosen = reading.each(
      [&](std::size_t i, const Work& work) -> Result<void> {
        plan.add(reading.survey.people[i].person, work);
        return {};
      },
      [](std::size_t) {});
  if (chosen) plan.decide();
  return chosen;
}

std::vector<Split> splits_of(const Plan& plan) {
  std::vector<Split> splits;
  for (std::size_t i = 0; i < split_words.size(); ++i)
    if (plan.has(static_cast<Split>(i))) splits.push_back(static_cast<Split>(i));
  return splits;
}

Result<ExportReport> export_survey(const Survey& survey,
                                   std::span<const seal::X25519Identity> identities,
                                   const Roster& roster, const ExportOptions& options,
                                   const ExportProgress& progress) {
  ExportReport report = begin_report(survey, options);
  if (auto enough = check_people(report, "these bundles are"); !enough) return enough.error();
  const Release release(survey.sightings, {report.min_people, options.internal, options.approved});
  const Naming naming(options.seed);
  std::optional<Plan> plan;
  if (!options.selection.takes_all()) {
    plan.emplace(options.selection, naming);
    if (auto chosen = choose(
            *plan, {identities, survey, release, naming, options.threads, progress.choosing});
        !chosen)
      return chosen.error();
    report.people = plan->people();
    if (auto enough = check_people(report, "what was asked for is"); !enough) return enough.error();
  }
  const bool has_splits = options.selection.splits;
  auto output = Output::make(options, has_splits ? splits_of(*plan) : std::vector<Split>());
  if (!output) return output.error();
  const auto teams = teams_of(survey, roster, report);
  Writing writing(*output, plan ? &*plan : nullptr, teams);
  const TrajectoryReading reading{identities, survey,          release,
                                  naming,     options.threads, progress.writing};
  auto written =
      reading.each([&](std::size_t i, const Work& work) { return writing.take(i, work); },
                   [&](std::size_t i) { writing.end(i); });
  if (!written) return written.error();
  auto files = output->finish();
  if (!files) return files.error();
  report.files = std::move(*files);
  writing.tell(report, has_splits);
  report.id = dataset_id(report, options);
  if (auto told = write_documents(report, options); !told) return told.error();
  return report;
}

}  // namespace

Result<ExportReport> export_dataset(const ExportOptions& options,
                                    std::span<const seal::X25519Identity> identities,
                                    const Roster& roster, const ExportProgress& progress) {
  auto set = find_bundles(options.inputs, identities, roster, options.threads, progress.finding);
  if (!set) return set.error();
  auto unfinished = Unfinished::make(options.out);
  if (!unfinished) return unfinished.error();
  Survey survey;
  take_survey(std::move(*set), identities, options.threads, progress.reading, survey);
  ExportOptions there = options;
  there.out = unfinished->folder();
  auto report = export_survey(survey, identities, roster, there, progress);
  if (!report) return report;
  if (auto finished = unfinished->finish(); !finished) return finished.error();
  return report;
}

}  // namespace fieldnote::dataset
