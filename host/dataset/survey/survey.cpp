#include "dataset/survey/survey.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "dataset/reading/cutter.hpp"
#include "dataset/release/action_runs.hpp"
#include "dataset/release/release.hpp"
#include "dataset/release/shown_texts.hpp"
#include "platform/parallel.hpp"

namespace fieldnote::dataset {
namespace {

// What the reading of one person's bundles finds.
struct Found {
  PersonFiles files;
  std::vector<SkippedFile> skipped, broken;
  model::Ledger ledger;
  unsigned min_participants = 0;
  std::uint64_t events = 0;
  std::uint64_t doubles = 0;
  std::uint64_t withdrawn = 0;
  bool synthetic = false;
  std::set<std::string, std::less<>> organisations, weeks;
};

// What the survey keeps of an event until it knows whether that counts.
struct SurveyedLine {
  std::size_t bytes = 0;
  bool is_step = false;
  std::optional<RunAction> action;  // where it counts in a run
  ShownTexts::Texts texts;
  [[nodiscard]] std::size_t size() const { return bytes; }
};

class PersonReader {
 public:
  PersonReader(std::span<const seal::X25519Identity> identities, const Sightings& sightings)
      : identities_(identities), shown_(sightings) {}

  // Fails where there is no room on disk.
  Result<void> read(const Chain& chain, const std::function<void()>& on_file, Found& found) {
    CutterOf<SurveyedLine> cutter([this](StretchOf<SurveyedLine>&& stretch) -> Result<void> {
      // No fault of the bundle.
      if (auto taken = take(stretch); !taken && !failure_) failure_ = taken.error();
      return {};
    });
    std::set<seal::Digest> known;
    std::optional<std::pair<std::int64_t, seal::Digest>> before;
    GoodChain good;
    good.key = chain.key;
    tasks_ = &good.tasks;
    know_what_is_asked_back(chain, good);
    for (const BundleFile& file : chain.files) {
      on_file();
      const std::string path = file.path.string();
      auto bundle = read_bundle(file.path, identities_);
      if (!bundle) {
        found.skipped.push_back({path, bundle.error().sentence});
        continue;
      }
      if (!known.insert(bundle->digest).second) continue;  // a copy
      const bool withdrawn = good.withdrawals.covers(*bundle);
      if (withdrawn)
        found.withdrawn += static_cast<std::uint64_t>(bundle->events);
      else
        found.withdrawn += static_cast<std::uint64_t>(good.withdrawals.take_from(*bundle));
      if (auto added = withdrawn ? Result<void>() : look_through(*bundle, cutter); !added) {
        found.skipped.push_back({path, std::move(added.error()).at(path).sentence});
        continue;
      }
      if (before && bundle->n == before->first)
        found.broken.push_back({path, path + ": bears the number of another bundle of its key"});
      else if (before && bundle->n == before->first + 1 && bundle->previous != before->second)
        found.broken.push_back({path, path + ": does not follow the bundle before it"});
      else if (bundle->n > (before ? before->first + 1 : 1))
        found.broken.push_back({path, path + ": bundles before it are not here"});
      before = {bundle->n, bundle->digest};
      if (withdrawn || bundle->asks) continue;
      for (const TaskOfBundle& task : bundle->tasks) good.tasks.tell(task);
      found.ledger.add(bundle->ledger);
      found.min_participants = std::max(found.min_participants, bundle->min_participants);
      found.events += static_cast<std::uint64_t>(bundle->events);
      found.synthetic = found.synthetic || bundle->synthetic;
      if (!bundle->organisation.empty()) found.organisations.insert(bundle->organisation);
      if (!bundle->week.empty()) found.weeks.insert(bundle->week);
      good.files.push_back({file.path, bundle->digest, bundle->events});
    }
    // What it takes was read before: this cannot fail.
    static_cast<void>(cutter.finish().value());
    found.doubles += cutter.doubles();
    good.tasks.forget_idle();
    good.tasks.each([&](const TaskTold& task) {
      if (!task.words) return;
      if (auto shown = shown_.show(place_of_task(task.own), *task.words); !shown && !failure_)
        failure_ = shown.error();
    });
    if (!good.files.empty()) found.files.chains.push_back(std::move(good));
    return failure_ ? Result<void>(*failure_) : Result<void>();
  }

  // All that the person showed counts once.
  [[nodiscard]] Result<void> count(Sightings& sightings) {
    return shown_.take_each([&](const Sightings::Mark& mark) { return sightings.add(mark); });
  }

 private:
  // Only what its signature vouches for; what cannot be read is named when its turn comes.
  void know_what_is_asked_back(const Chain& chain, GoodChain& good) const {
    for (const platform::fs::path& path : chain.asking) {
      const auto bundle = read_bundle(path, identities_);
      if (!bundle || !bundle->asks) continue;
      good.withdrawals.add(bundle->n, *bundle->asks);
      good.asking.push_back(bundle->digest);
    }
  }

  // Hands the events of a bundle to the cutter if all of its lines are events, and none otherwise.
  Result<void> look_through(const Bundle& bundle, CutterOf<SurveyedLine>& cutter) {
    std::vector<std::pair<model::HeldHead, SurveyedLine>> events;
    events.reserve(static_cast<std::size_t>(bundle.events));
    heads_.reset();
    std::string_view rest = bundle.lines;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() + 1);
      auto event = reader_.read_held(line);
      if (!event) return std::move(event.error()).at("event " + std::to_string(events.size() + 1));
      SurveyedLine surveyed{line.size(), is_action((*event)->kind), {}, shown_.notice(**event)};
      if (counts_in_run(**event)) surveyed.action = run_action((*event)->app, **event);
      events.emplace_back(model::head_of(**event, line, heads_), std::move(surveyed));
    }
    for (auto& [head, line] : events)
      if (auto added = cutter.add(head, std::move(line)); !added) return added;
    cutter.end_bundle();
    return {};
  }

  Result<void> take(const StretchOf<SurveyedLine>& stretch) {
    bool has_steps = false;
    ActionRun run;
    for (const SurveyedLine& line : stretch.lines) {
      has_steps = has_steps || line.is_step;
      if (line.action) {
        run.next(*line.action);
        if (run.is_whole())
          if (auto shown = shown_.show(run); !shown) return shown;
      }
      if (auto shown = shown_.show(line.texts); !shown) return shown;
    }
    if (has_steps) tasks_->worked_on(stretch.task);
    return {};
  }

  std::span<const seal::X25519Identity> identities_;
  ShownTexts shown_;
  std::optional<Error> failure_;
  Tasks* tasks_ = nullptr;  // of the chain that is read
  model::EventReader reader_;
  model::Arena heads_;  // texts of the bundle's heads that are not in its lines
};

// The chains of each person, who are in order.
std::vector<std::span<Chain>> by_person(std::vector<Chain>& chains) {
  std::vector<std::span<Chain>> people;
  for (auto begin = chains.begin(), end = begin; begin != chains.end(); begin = end) {
    end = std::find_if(begin, chains.end(),
                       [&](const Chain& chain) { return chain.person != begin->person; });
    people.emplace_back(begin, end);
  }
  return people;
}

}  // namespace

std::uint64_t PersonFiles::events() const {
  std::uint64_t sum = 0;
  for (const GoodChain& chain : chains)
    for (const GoodFile& file : chain.files) sum += static_cast<std::uint64_t>(file.events);
  return sum;
}

std::size_t Survey::files() const {
  std::size_t count = 0;
  for (const PersonFiles& person : people)
    for (const auto& chain : person.chains) count += chain.files.size();
  return count;
}

Result<void> take_survey(BundleSet set, std::span<const seal::X25519Identity> identities,
                         unsigned threads, const FileProgress& progress, Survey& survey) {
  const std::size_t files = set.files();
  const auto people = by_person(set.chains);
  std::vector<Found> found(people.size());
  std::mutex telling;
  std::size_t done = 0;
  auto all_read =
      platform::try_each_parallel(people.size(), threads, [&](std::size_t i) -> Result<void> {
        PersonReader reader(identities, survey.sightings);
        found[i].files.person = people[i].front().person;
        const auto on_file = [&] {
          const std::scoped_lock lock(telling);
          progress(done++, files);
        };
        for (const Chain& chain : people[i])
          if (auto read = reader.read(chain, on_file, found[i]); !read) return read;
        return reader.count(survey.sightings);
      });
  if (!all_read) return all_read;
  if (auto counted = survey.sightings.finish(); !counted) return counted;

  survey.skipped = std::move(set.skipped);
  survey.foreign = set.foreign;
  std::set<std::string, std::less<>> weeks;
  for (Found& one : found) {
    std::move(one.skipped.begin(), one.skipped.end(), std::back_inserter(survey.skipped));
    std::move(one.broken.begin(), one.broken.end(), std::back_inserter(survey.broken));
    survey.ledger.add(one.ledger);
    survey.min_participants = std::max(survey.min_participants, one.min_participants);
    survey.events += one.events;
    survey.doubles += one.doubles;
    survey.withdrawn += one.withdrawn;
    survey.synthetic = survey.synthetic || one.synthetic;
    survey.organisations.merge(one.organisations);
    weeks.merge(one.weeks);
    if (!one.files.chains.empty()) survey.people.push_back(std::move(one.files));
  }
  if (weeks.empty()) return {};
  survey.first_week = *weeks.begin();
  survey.last_week = *weeks.rbegin();
  return {};
}

}  // namespace fieldnote::dataset
