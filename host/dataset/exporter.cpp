#include "dataset/exporter.hpp"

#include <cryptopp/siphash.h>

#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstring>
#include <map>

#include "dataset/cutter.hpp"
#include "dataset/parallel.hpp"
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

  // Of the stretch that begins with `first_line`, `part` of its person.
  [[nodiscard]] std::uint64_t rank(std::string_view first_line, std::uint64_t part) const {
    CryptoPP::SipHash<2, 4, false> hash(key_.data(), static_cast<unsigned>(key_.size()));
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

  Result<void> write(const PersonFiles& person, const std::function<void(std::int64_t)>& on_file) {
    TrajectoryBuilder builder(release_);
    std::uint64_t number = 0;
    const Tasks* tasks = nullptr;
    std::map<std::string, unsigned, std::less<>> parts;  // of each task, so far
    const auto take = [&](Stretch&& stretch) -> Result<void> {
      const std::uint64_t rank = naming_.rank(stretch.lines.front(), number++);
      auto trajectory = builder.build(Naming::id(rank), stretch, tasks->find(stretch.task));
      if (!trajectory) return trajectory.error();
      if (trajectory->steps.empty()) return {};
      if (!stretch.task.empty()) trajectory->part = ++parts[stretch.task];
      count(*trajectory);
      for (const auto& format : formats_)
        if (auto added = format->add(rank, *trajectory); !added) return added;
      return {};
    };
    for (const auto& chain : person.chains) {
      tasks = &chain.tasks;
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
    return {};
  }

  [[nodiscard]] std::size_t trajectories() const { return trajectories_; }
  [[nodiscard]] std::size_t steps() const { return step_count_; }
  [[nodiscard]] const ReleaseCounts& counts() const { return counts_; }
  [[nodiscard]] const auto& learnable() const { return learnable_; }

 private:
  void count(const Trajectory& trajectory) {
    ++trajectories_;
    step_count_ += trajectory.steps.size();
    const std::scoped_lock lock(guard_);
    for (const Step& step : trajectory.steps)
      ++learnable_[static_cast<std::size_t>(step.learnable)];
  }

  std::span<const seal::X25519Identity> identities_;
  const Release& release_;
  const Naming& naming_;
  std::span<const std::unique_ptr<Format>> formats_;
  std::atomic<std::size_t> trajectories_ = 0, step_count_ = 0;
  std::mutex guard_;
  ReleaseCounts counts_;
  std::array<std::uint64_t, learnable_words.size()> learnable_{};
};

template <class Counts>
json::object counted(const Counts& counts) {
  json::object out;
  for (const auto& [what, count] : counts) out[what] = count;
  return out;
}

json::object by_reason(const std::array<std::uint64_t, learnable_words.size()>& learnable) {
  json::object out;
  for (std::size_t i = 0; i < learnable.size(); ++i)
    if (learnable[i] > 0) out[learnable_words[i]] = learnable[i];
  return out;
}

json::array named(const std::vector<SkippedFile>& files) {
  json::array out;
  for (const auto& [file, why] : files)
    out.push_back(json::object{{"file", fs::path(file).filename().string()}, {"why", why}});
  return out;
}

// What else than `steps` is asked for, and how.
std::string formats_in_words(const ExportOptions& options) {
  std::string words;
  for (const FormatName name : options.formats)
    if (name != FormatName::steps) words += ' ' + std::string(word_of(format_words, name));
  if (words.empty()) return words;
  return words + (options.format.row_a_step ? " step" : " trajectory") +
         " max_tokens=" + std::to_string(options.format.max_tokens);
}

json::object describe(const ExportReport& report, const Survey& survey,
                      const ExportOptions& options) {
  std::vector<std::pair<seal::Digest, std::int64_t>> bundles;
  for (const PersonFiles& person : survey.people)
    for (const auto& chain : person.chains)
      for (const GoodFile& file : chain.files) bundles.emplace_back(file.digest, file.events);
  // Not in the order of people.
  std::sort(bundles.begin(), bundles.end());
  seal::Sha256 id;
  json::array used;
  for (const auto& [digest, events] : bundles) {
    id.update(platform::as_bytes(digest.hex() + '\n'));
    used.push_back(json::object{{"digest", digest.hex()}, {"events", events}});
  }
  id.update(platform::as_bytes(
      "fieldnote " FIELDNOTE_VERSION " min_people=" + std::to_string(report.min_people) +
      (report.internal ? " internal" : "") + formats_in_words(options)));
  json::array files;
  for (const ShardFile& file : report.files)
    files.push_back(json::object{{"file", file.name},
                                 {"rows", file.rows},
                                 {"bytes", file.bytes},
                                 {"sha256", file.digest.hex()}});
  return {{"schema", 1},
          {"program", "fieldnote " FIELDNOTE_VERSION},
          {"id", id.finish().hex()},
          {"trajectories", report.trajectories},
          {"steps", report.steps},
          {"learnable", by_reason(report.learnable)},
          {"internal", report.internal},
          {"synthetic", survey.synthetic},
          {"min_people", report.min_people},
          {"files", std::move(files)},
          {"release",
           {{"released", counted(report.release.released)},
            {"held_back", counted(report.release.held_back)},
            {"detected", counted(report.release.detected)}}},
          {"bundles", std::move(used)},
          {"skipped", named(report.skipped)},
          {"broken", named(report.broken)},
          {"doubles", report.doubles},
          {"withdrawn", report.withdrawn},
          {"ledger", report.ledger.to_json()}};
}

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

  ExportReport report;
  report.people = survey.people.size();
  report.min_people = std::max({1U, options.min_people, survey.min_participants});
  report.internal = options.internal;
  report.skipped = survey.skipped;
  report.broken = survey.broken;
  report.doubles = survey.doubles;
  report.withdrawn = survey.withdrawn;
  report.ledger = survey.ledger;
  report.bundles = survey.files();
  if (auto enough = check_people(report); !enough) {
    std::error_code ignored;  // it was empty, or not there
    fs::remove(options.out, ignored);
    return enough.error();
  }

  const Release release(survey.sightings, {report.min_people, options.internal, options.approved});
  const Naming naming(options.seed);
  auto formats = make_formats(options);
  if (!formats) return formats.error();
  Writing writing(identities, release, naming, *formats);
  std::mutex guard;
  std::optional<Error> failure;
  std::uint64_t done = 0;
  for_each_parallel(survey.people.size(), options.threads, [&](std::size_t i) {
    {
      const std::scoped_lock lock(guard);
      if (failure) return;
    }
    auto written = writing.write(survey.people[i], [&](std::int64_t events) {
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
  report.trajectories = writing.trajectories();
  report.steps = writing.steps();
  report.release = writing.counts();
  report.learnable = writing.learnable();
  if (auto description = write_file(options.out / "dataset.json",
                                    json::serialize(describe(report, survey, options)) + '\n');
      !description)
    return description.error();
  return report;
}

}  // namespace fieldnote::dataset
