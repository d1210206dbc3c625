#include "dataset/survey.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "dataset/cutter.hpp"
#include "dataset/parallel.hpp"
#include "dataset/rare_runs.hpp"
#include "dataset/release.hpp"
#include "model/event_texts.hpp"

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

class PersonReader {
 public:
  PersonReader(std::span<const seal::X25519Identity> identities, const Sightings& sightings)
      : identities_(identities), sightings_(sightings) {}

  void read(const Chain& chain, const std::function<void()>& on_file, Found& found) {
    Cutter cutter([&](Stretch&& stretch) { return look_at(stretch); });
    std::set<seal::Digest> known;
    std::optional<std::pair<std::int64_t, seal::Digest>> before;
    GoodChain good;
    good.key = chain.key;
    good.withdrawals = asked_back(chain);
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
      if (auto added = withdrawn ? Result<void>() : cutter.add(*bundle); !added) {
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
    for (const std::string& task : parts_) good.tasks.worked_on(task);
    parts_.clear();
    good.tasks.forget_idle();
    good.tasks.each([&](const TaskTold& task) {
      if (task.words && !is_masked(*task.words))
        saw_.saw(sightings_, place_of_task(task.own), countable(*task.words));
    });
    if (!good.files.empty()) found.files.chains.push_back(std::move(good));
  }

  [[nodiscard]] const Sightings::OfPerson& saw() const { return saw_; }

 private:
  // Only what its signature vouches for; what cannot be read is named when its turn comes.
  Withdrawals asked_back(const Chain& chain) const {
    Withdrawals withdrawals;
    for (const platform::fs::path& path : chain.asking)
      if (const auto bundle = read_bundle(path, identities_); bundle && bundle->asks)
        withdrawals.add(bundle->n, *bundle->asks);
    return withdrawals;
  }

  Result<void> look_at(const Stretch& stretch) {
    bool has_steps = false;
    ActionRun run;
    for (const std::string& line : stretch.lines) {
      auto event = reader_.read_held(line);
      if (!event) return event.error();
      has_steps = has_steps || is_action((*event)->kind);
      const auto see = [&](model::TextPlace place, std::string_view text) {
        if (!is_masked(text)) saw_.saw(sightings_, place_of(place), countable(text));
      };
      if (counts_in_run(**event)) {
        run.next(run_action(stretch.app, **event));
        if (run.is_whole())
          run.each_form([&](std::string_view form) { saw_.saw(sightings_, Clear::pattern, form); });
      }
      model::each_text(**event, see);
      for (const std::string_view held : (*event)->outline.lines)
        if (auto read = model::read_dialect_line(held)) each_text(*read, see);
    }
    if (has_steps && !stretch.task.empty()) parts_.push_back(stretch.task);
    return {};
  }

  std::span<const seal::X25519Identity> identities_;
  const Sightings& sightings_;
  Sightings::OfPerson saw_;
  std::vector<std::string> parts_;  // of the chain that is read: the task of each stretch
  model::EventReader reader_;
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

std::size_t Survey::files() const {
  std::size_t count = 0;
  for (const PersonFiles& person : people)
    for (const auto& chain : person.chains) count += chain.files.size();
  return count;
}

void take_survey(BundleSet set, std::span<const seal::X25519Identity> identities, unsigned threads,
                 const FileProgress& progress, Survey& survey) {
  const std::size_t files = set.files();
  const auto people = by_person(set.chains);
  std::vector<Found> found(people.size());
  std::mutex telling;
  std::size_t done = 0;
  for_each_parallel(people.size(), threads, [&](std::size_t i) {
    PersonReader reader(identities, survey.sightings);
    found[i].files.person = people[i].front().person;
    const auto on_file = [&] {
      const std::scoped_lock lock(telling);
      progress(done++, files);
    };
    for (const Chain& chain : people[i]) reader.read(chain, on_file, found[i]);
    survey.sightings.add(reader.saw());
  });

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
  if (weeks.empty()) return;
  survey.first_week = *weeks.begin();
  survey.last_week = *weeks.rbegin();
}

}  // namespace fieldnote::dataset
