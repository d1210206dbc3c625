#include "dataset/exporter.hpp"

#include <map>

#include "dataset/assembly.hpp"
#include "dataset/card/card.hpp"
#include "dataset/card/description.hpp"
#include "dataset/card/report_page.hpp"
#include "dataset/portion/kept.hpp"
#include "dataset/trajectory/naming.hpp"
#include "dataset/trajectory/trajectory_reading.hpp"
#include "dataset/unfinished.hpp"
#include "dataset/writing.hpp"
#include "platform/parallel.hpp"

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
    for (const auto& chain : person.chains) {
      for (const GoodFile& file : chain.files) report.used.push_back({file.digest, file.events});
      report.asking.insert(report.asking.end(), chain.asking.begin(), chain.asking.end());
    }
  // Not in the order of people.
  std::sort(report.used.begin(), report.used.end());
  std::sort(report.asking.begin(), report.asking.end());
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
  const std::size_t needed = std::size_t{2} * report.min_people;
  if (report.internal || report.people >= needed) return {};
  return refused(what + " of " + std::to_string(report.people) +
                 (report.people == 1 ? " person" : " people") + ", and a dataset needs " +
                 std::to_string(needed) +
                 ", twice what its texts must be seen from; collect more, or add --internal for "
                 "one that is not handed on");
}

// The same of all that was given; where that is nothing, or too little, what was skipped may be
// why.
Result<void> check_bundles(const ExportReport& report) {
  std::string skipped;
  if (!report.skipped.empty()) {
    const std::size_t others = report.skipped.size() - 1;
    skipped = report.skipped.front().why;
    if (others > 0) skipped += "; and " + std::to_string(others) + " more";
  }
  if (report.people == 0 && !skipped.empty()) return refused("no bundle can be used: " + skipped);
  const auto enough = check_people(report, "these bundles are");
  if (enough || skipped.empty()) return enough;
  return refused(enough.error().sentence + " (skipped: " + skipped + ')');
}

// What of all trajectories is taken.
Result<void> choose(Plan& plan, const TrajectoryReading& reading, unsigned threads,
                    const FileProgress& told) {
  EventProgress progress(told, reading.survey.events);
  auto chosen =
      platform::try_each_parallel(reading.survey.people.size(), threads, [&](std::size_t i) {
        return reading.of_person(i, progress, [&](const Work& work) {
          return plan.add(reading.survey.people[i].person, work);
        });
      });
  return chosen ? plan.decide() : chosen;
}

std::vector<Split> splits_of(const Plan& plan) {
  std::vector<Split> splits;
  for (std::size_t i = 0; i < split_words.size(); ++i)
    if (plan.has(static_cast<Split>(i))) splits.push_back(static_cast<Split>(i));
  return splits;
}

// What one portion is written from, and where to.
struct PortionWork {
  const ExportOptions& options;
  const TrajectoryReading& reading;
  const Kept& kept;
  const Plan* plan;
  const std::vector<Split>& splits;
  const std::vector<std::string>& teams;

  Result<void> write(const Portion& portion, std::size_t number, EventProgress& progress) const {
    auto file = kept.create(number);
    if (!file) return file.error();
    Sink sink(&*file);
    Output output(options, splits, sink);
    Writing writing(output, plan);
    for (std::size_t i = portion.first; i < portion.end; ++i) {
      auto read = reading.of_person(i, progress,
                                    [&](const Work& work) { return writing.take(teams[i], work); });
      if (!read) return read;
    }
    return file->commit(writing.finish().to_text(), portion.events < worth_syncing
                                                        ? PortionWriter::Lasting::no
                                                        : PortionWriter::Lasting::yes);
  }

 private:
  // A second's work; of less, that a sync takes longer than.
  static constexpr std::uint64_t worth_syncing = 50'000;
};

// Writes what is not there yet, on all threads.
Result<void> write_portions(const PortionWork& work, const std::vector<Portion>& portions,
                            const ExportProgress& told, ExportReport& report) {
  const unsigned threads = work.options.threads;
  std::vector<char> is_there(portions.size());
  if (work.kept.was_there())
    platform::for_each_parallel(portions.size(), threads,
                                [&](std::size_t i) { is_there[i] = work.kept.has(i) ? 1 : 0; });
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < portions.size(); ++i) {
    if (is_there[i] == 0)
      missing.push_back(i);
    else
      report.resumed_events += portions[i].events;
  }
  report.events = work.reading.survey.events;
  report.begun_anew = work.kept.was_there() && missing.size() == portions.size();
  told.resuming(report);
  EventProgress progress(told.writing, report.events, report.resumed_events);
  return platform::try_each_parallel(missing.size(), threads, [&](std::size_t i) {
    return work.write(portions[missing[i]], missing[i], progress);
  });
}

// The files of the dataset, from all portions.
Result<Written> put_together(const PortionWork& work, std::size_t portions, ExportReport& report) {
  std::vector<PortionReader> readers;
  Written all;
  for (std::size_t i = 0; i < portions; ++i) {
    auto reader = work.kept.read(i);
    if (!reader) return reader.error();
    all.add(Written::of_text(reader->summary()));
    readers.push_back(std::move(*reader));
  }
  auto files = assemble(work.options, work.splits, readers);
  if (!files) return files.error();
  report.files = std::move(*files);
  if (auto told = write_losses(work.options, all.losses); !told) return told.error();
  return all;
}

void tell(const Written& written, const Plan* plan, bool has_splits, ExportReport& report) {
  report.statistics = written.statistics;
  report.trajectories = written.statistics.trajectories;
  report.steps = written.statistics.steps;
  report.release = written.release;
  for (std::size_t i = 0; has_splits && i < split_words.size(); ++i)
    if (written.sizes[i].trajectories > 0)
      report.splits[std::string(split_words[i])] = written.sizes[i];
  for (std::size_t i = 0; plan != nullptr && i < left_out_words.size(); ++i)
    if (const std::uint64_t count = plan->left_out()[i]; count > 0)
      report.left_out[std::string(left_out_words[i])] = count;
}

Result<ExportReport> export_survey(const Survey& survey,
                                   std::span<const seal::X25519Identity> identities,
                                   const Roster& roster, const ExportOptions& options,
                                   const ExportProgress& progress) {
  ExportReport report = begin_report(survey, options);
  progress.opened(report);
  if (auto enough = check_bundles(report); !enough) return enough.error();
  const auto teams = teams_of(survey, roster, report);
  const auto kept =
      Kept::open(options.out, identities, work_digest(survey, teams, report, options));
  if (!kept) return kept.error();
  const Release release(survey.sightings, {report.min_people, options.internal, options.approved});
  const Naming naming =
      options.seed ? Naming(*options.seed, identities) : Naming(kept->key_of_names());
  const TrajectoryReading reading{identities, survey, release, naming};
  std::optional<Plan> plan;
  if (!options.selection.takes_all()) {
    plan.emplace(options.selection, naming, options.out);
    if (auto chosen = choose(*plan, reading, options.threads, progress.choosing); !chosen)
      return chosen.error();
    report.people = plan->people();
    if (auto enough = check_people(report, "what was asked for is"); !enough) return enough.error();
  }
  const bool has_splits = options.selection.splits;
  const auto splits = has_splits ? splits_of(*plan) : std::vector<Split>();
  const Plan* const chosen = plan ? &*plan : nullptr;
  const PortionWork work{options, reading, *kept, chosen, splits, teams};
  const auto portions = portions_of(survey);
  if (auto written = write_portions(work, portions, progress, report); !written)
    return written.error();
  const auto written = put_together(work, portions.size(), report);
  if (!written) return written.error();
  tell(*written, chosen, has_splits, report);
  report.id = dataset_id(report, options);
  if (auto told = write_documents(report, options); !told) return told.error();
  if (auto removed = kept->remove(); !removed) return removed.error();
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
  Survey survey(unfinished->folder());
  if (auto taken =
          take_survey(std::move(*set), identities, options.threads, progress.reading, survey);
      !taken)
    return taken.error();
  ExportOptions there = options;
  there.out = unfinished->folder();
  auto report = export_survey(survey, identities, roster, there, progress);
  if (!report) return report;
  if (auto finished = unfinished->finish(); !finished) return finished.error();
  return report;
}

}  // namespace fieldnote::dataset
