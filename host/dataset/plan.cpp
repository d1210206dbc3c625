#include "dataset/plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "dataset/near_duplicates.hpp"
#include "dataset/release.hpp"

namespace fieldnote::dataset {
namespace {

// How many trajectories are of each unit, in the order of their lots.
using Units = std::map<std::uint64_t, std::size_t>;

constexpr std::size_t fewest_units = 3;

std::set<std::uint64_t> hold_out(const Units& units, unsigned percent) {
  std::set<std::uint64_t> out;
  if (units.size() < fewest_units || percent == 0) return out;
  std::size_t all = 0;
  for (const auto& [unit, count] : units) all += count;
  const std::size_t wanted = std::max<std::size_t>(1, (units.size() * percent + 50) / 100);
  for (const auto& [unit, count] : units)
    if (out.size() < wanted && count * 4 <= all) out.insert(unit);
  return out;
}

// As many as come to the share of all, whole.
std::set<std::uint64_t> share_of(const Units& units, unsigned percent) {
  std::set<std::uint64_t> out;
  if (units.size() < fewest_units) return out;
  std::size_t all = 0, taken = 0;
  for (const auto& [unit, count] : units) all += count;
  for (const auto& [unit, count] : units) {
    if (taken * 100 >= all * percent) break;
    out.insert(unit);
    taken += count;
  }
  return out;
}

}  // namespace

void Plan::add(Person person, const Work& work) {
  Candidate one;
  one.rank = work.rank;
  one.person = naming_->lot("participant", std::to_string(static_cast<std::uint32_t>(person)));
  one.app = naming_->lot("app", work.trajectory.app);
  if (work.told != nullptr && work.told->words && !is_masked(*work.told->words))
    one.task = naming_->lot("task", countable(*work.told->words));
  one.group = work.task.empty() ? work.rank : naming_->lot("work", work.task);
  one.fate.left_out = filtered(*rules_, work.trajectory);
  if (!one.fate.left_out && rules_->drops_duplicates())
    one.fingerprint = fingerprint_of(work.trajectory);
  const std::scoped_lock lock(guard_);
  all_.push_back(one);
}

void Plan::decide() {
  std::sort(all_.begin(), all_.end(),
            [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
  if (rules_->drops_duplicates()) leave_out_near_duplicates();
  leave_out_what_is_too_much();
  if (rules_->splits) split();
  std::set<std::uint64_t> people;
  for (const Candidate& one : all_) {
    fates_.emplace(one.rank, one.fate);
    if (one.fate.left_out) {
      ++left_out_[static_cast<std::size_t>(*one.fate.left_out)];
      continue;
    }
    used_[static_cast<std::size_t>(one.fate.split)] = true;
    people.insert(one.person);
  }
  people_ = people.size();
  all_ = {};
}

void Plan::leave_out_near_duplicates() {
  NearDuplicates known;
  for (Candidate& one : all_)
    if (!one.fate.left_out && !known.let_in(one.app, one.fingerprint))
      one.fate.left_out = LeftOut::near_duplicate;
}

void Plan::leave_out_what_is_too_much() {
  std::unordered_map<std::uint64_t, std::size_t> people, apps, tasks;
  const auto is_full = [](const auto& counts, std::uint64_t unit,
                          const std::optional<std::size_t>& most) {
    const auto at = counts.find(unit);
    return most && (at == counts.end() ? 0 : at->second) >= *most;
  };
  for (Candidate& one : all_) {
    if (one.fate.left_out) continue;
    if (is_full(people, one.person, rules_->max_per_participant))
      one.fate.left_out = LeftOut::over_participant;
    else if (is_full(apps, one.app, rules_->max_per_app))
      one.fate.left_out = LeftOut::over_app;
    else if (one.task != 0 && is_full(tasks, one.task, rules_->max_per_task))
      one.fate.left_out = LeftOut::over_task;
    if (one.fate.left_out) continue;
    ++people[one.person];
    ++apps[one.app];
    ++tasks[one.task];
  }
}

void Plan::split() {
  Units people, apps, tasks;
  for (const Candidate& one : all_) {
    if (one.fate.left_out) continue;
    ++people[one.person];
    ++apps[one.app];
    if (one.task != 0) ++tasks[one.task];
  }
  const auto held_people = hold_out(people, rules_->held_out);
  const auto held_apps = hold_out(apps, rules_->held_out);
  const auto held_tasks = hold_out(tasks, rules_->held_out);
  Units groups;
  for (Candidate& one : all_) {
    if (one.fate.left_out) continue;
    const bool of_person = held_people.contains(one.person);
    const bool of_app = held_apps.contains(one.app);
    const bool of_task = held_tasks.contains(one.task);
    if (of_person + of_app + of_task > 1)
      one.fate.left_out = LeftOut::between_splits;
    else if (of_person)
      one.fate.split = Split::test_participant;
    else if (of_app)
      one.fate.split = Split::test_app;
    else if (of_task)
      one.fate.split = Split::test_task;
    else
      ++groups[one.group];
  }
  const auto validation = share_of(groups, rules_->validation);
  for (Candidate& one : all_)
    if (!one.fate.left_out && one.fate.split == Split::train && validation.contains(one.group))
      one.fate.split = Split::validation;
}

}  // namespace fieldnote::dataset
