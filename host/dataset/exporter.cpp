#include "dataset/exporter.hpp"

#include <cryptopp/siphash.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstring>
#include <map>

#include "dataset/card.hpp"
#include "dataset/cutter.hpp"
#include "dataset/description.hpp"
#include "dataset/parallel.hpp"
#include "dataset/report_page.hpp"
#include "dataset/survey.hpp"
#include "platform/random.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

Error refused(std::string sentence) {
  return {boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
          std::move(sentence)};
}

Result<void> make_out(const fs::path& out) {
  std::error_code failed;
  fs::create_directories(out, failed);
  if (failed) return os_error(failed.value(), out.string());
  if (!fs::is_empty(out, failed))
    return refused(out.string() +
                   ": is not empty; name a new folder, a dataset is never written over");
  if (failed) return os_error(failed.value(), out.string());
  return {};
}

// Names trajectories: nothing of it tells whose they are, and by their order nothing does either.
class Naming {
 public:
  explicit Naming(std::optional<std::uint64_t> seed) {
    if (seed)
      std::memcpy(key_.data(), &*seed, sizeof *seed);
    else
      platform::fill_random(std::as_writable_bytes(std::span(key_)));
  }

  // Of the stretch that begins with `first_line`, `part` of its person, sealed by `key`:
  // computers that were cloned record the same lines.
  [[nodiscard]] std::uint64_t rank(const seal::ParticipantPublicKey& key,
                                   std::string_view first_line, std::uint64_t part) const {
    CryptoPP::SipHash<2, 4, false> hash(key_.data(), static_cast<unsigned>(key_.size()));
    hash.Update(reinterpret_cast<const CryptoPP::byte*>(key.bytes.data()), key.bytes.size());
    hash.Update(reinterpret_cast<const CryptoPP::byte*>(&part), sizeof part);
    hash.Update(reinterpret_cast<const CryptoPP::byte*>(first_line.data()), first_line.size());
    std::uint64_t rank = 0;
    hash.Final(reinterpret_cast<CryptoPP::byte*>(&rank));
    return rank;
  }

  [[nodiscard]] static std::string id(std::uint64_t rank) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string id = "t";
    for (int shift = 60; shift >= 0; shift -= 4) id += hex[rank >> shift & 15U];
    return id;
  }

 private:
  std::array<CryptoPP::byte, 16> key_{};
};

// Everything that the second reading shares between its threads.
class Writing {
 public:
  Writing(std::span<const seal::X25519Identity> identities, const Release& release,
          const Naming& naming, std::span<const std::unique_ptr<Format>> formats)
      : identities_(identities), release_(release), naming_(naming), formats_(formats) {}

  // `team`: of the person; empty where it is not to be told.
  Result<void> write(const PersonFiles& person, std::string_view team,
                     const std::function<void(std::int64_t)>& on_file) {
    TrajectoryBuilder builder(release_);
    Statistics statistics;
    std::uint64_t number = 0;
    const Tasks* tasks = nullptr;
    const seal::ParticipantPublicKey* key = nullptr;
    std::map<std::string, unsigned, std::less<>> parts;  // of each task, so far
    const auto take = [&](Stretch&& stretch) -> Result<void> {
      const std::uint64_t rank = naming_.rank(*key, stretch.lines.front(), number++);
      auto trajectory = builder.build(Naming::id(rank), stretch, tasks->find(stretch.task));
      if (!trajectory) return trajectory.error();
      if (trajectory->steps.empty()) return {};
      if (!stretch.task.empty()) trajectory->part = ++parts[stretch.task];
      statistics.count(rank, *trajectory, team);
      for (const auto& format : formats_)
        if (auto added = format->add(rank, *trajectory); !added) return added;
      return {};
    };
    for (const auto& chain : person.chains) {
      tasks = &chain.tasks;
      key = &chain.key;
      parts.clear();
      Cutter cutter(take);
      for (const GoodFile& file : chain.files) {
        auto bundle = read_bundle(file.path, identities_);
        if (!bundle) return bundle.error();
        if (bundle->digest != file.digest)
          return refused(file.path.string() +
                         ": changed while it was read; begin again when nothing writes there");
        static_cast<void>(chain.withdrawals.take_from(*bundle));
        if (auto added = cutter.add(*bundle); !added) return added;
        on_file(file.events);
      }
      if (auto finished = cutter.finish(); !finished) return finished;
    }
    const std::scoped_lock lock(guard_);
    counts_.add(builder.counts());
    statistics_.add(statistics);
    return {};
  }

  [[nodiscard]] const ReleaseCounts& counts() const { return counts_; }
  [[nodiscard]] const Statistics& statistics() const { return statistics_; }

 private:
  std::span<const seal::X25519Identity> identities_;
  const Release& release_;
  const Naming& naming_;
  std::span<const std::unique_ptr<Format>> formats_;
  std::mutex guard_;
  ReleaseCounts counts_;
  Statistics statistics_;
};

Result<void> write_file(const fs::path& path, std::string_view text) {
  auto file = platform::DurableFile::create(path, 0644);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  return file->commit();
}

Result<void> write_loss(const fs::path& out, std::string_view format, const Loss& loss) {
  json::object told{{"schema", 1}, {"format", format}};
  for (auto& [key, counts] : loss.to_json()) told[key] = std::move(counts);
  return write_file(out / (std::string(format) + ".loss.json"), json::serialize(told) + '\n');
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
    if (auto written = write_file(options.out / name, text); !written) return written;
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

Result<std::vector<std::unique_ptr<Format>>> make_formats(const ExportOptions& options) {
  std::vector<std::unique_ptr<Format>> formats;
  for (const FormatName name : options.formats) {
    auto format = make_format(name, options.out, options.format);
    if (!format) return format.error();
    formats.push_back(std::move(*format));
  }
  return formats;
}

// Fewer people than this, and a dataset would be about somebody.
Result<void> check_people(const ExportReport& report) {
  if (report.internal || report.people >= std::size_t{2} * report.min_people) return {};
  return refused("these bundles are of " + std::to_string(report.people) +
                 (report.people == 1 ? " person" : " people") + ", and a dataset needs " +
                 std::to_string(2 * report.min_people) +
                 ", twice what its texts must be seen from; collect more, or add --internal for "
                 "one that is not handed on");
}

}  // namespace

Result<ExportReport> export_dataset(const ExportOptions& options,
                                    std::span<const seal::X25519Identity> identities,
                                    const Roster& roster, const ExportProgress& progress) {
  auto set = find_bundles(options.inputs, identities, roster, options.threads, progress.finding);
  if (!set) return set.error();
  if (auto made = make_out(options.out); !made) return made.error();
  Survey survey;
  take_survey(std::move(*set), identities, options.threads, progress.reading, survey);

  ExportReport report = begin_report(survey, options);
  if (auto enough = check_people(report); !enough) {
    std::error_code ignored;  // it was empty, or not there
    fs::remove(options.out, ignored);
    return enough.error();
  }

  const Release release(survey.sightings, {report.min_people, options.internal, options.approved});
  const Naming naming(options.seed);
  auto formats = make_formats(options);
  if (!formats) return formats.error();
  const auto teams = teams_of(survey, roster, report);
  Writing writing(identities, release, naming, *formats);
  std::mutex guard;
  std::optional<Error> failure;
  std::uint64_t done = 0;
  for_each_parallel(survey.people.size(), options.threads, [&](std::size_t i) {
    {
      const std::scoped_lock lock(guard);
      if (failure) return;
    }
    auto written = writing.write(survey.people[i], teams[i], [&](std::int64_t events) {
      const std::scoped_lock lock(guard);
      progress.writing(done += static_cast<std::uint64_t>(events), survey.events);
    });
    const std::scoped_lock lock(guard);
    if (!written && !failure) failure = written.error();
  });
  if (failure) return *failure;
  for (std::size_t i = 0; i < formats->size(); ++i) {
    Format& format = *(*formats)[i];
    auto files = format.finish();
    if (!files) return files.error();
    const auto word = word_of(format_words, options.formats[i]);
    if (auto told = write_loss(options.out, word, format.loss()); !told) return told.error();
    std::move(files->begin(), files->end(), std::back_inserter(report.files));
  }
  report.statistics = writing.statistics();
  report.trajectories = report.statistics.trajectories;
  report.steps = report.statistics.steps;
  report.release = writing.counts();
  report.id = dataset_id(report, options);
  if (auto told = write_documents(report, options); !told) return told.error();
  return report;
}

}  // namespace fieldnote::dataset
