#include "dataset/selection/plan.hpp"

#include <algorithm>
#include <stdexcept>

#include "dataset/release/release.hpp"
#include "dataset/selection/near_duplicates.hpp"

namespace fieldnote::dataset {
namespace {

constexpr std::size_t fewest_units = 3;

std::set<std::uint64_t> held_of(const std::map<std::uint64_t, std::size_t>& units,
                                unsigned percent) {
  std::set<std::uint64_t> out;
  if (units.size() < fewest_units || percent == 0) return out;
  std::size_t all = 0;
  for (const auto& [unit, count] : units) all += count;
  const std::size_t wanted = std::max<std::size_t>(1, (units.size() * percent + 50) / 100);
  for (const auto& [unit, count] : units)
    if (out.size() < wanted && count * 4 <= all) out.insert(unit);
  return out;
}

}  // namespace

Result<void> Plan::add(Person person, const Work& work) {
  Candidate one;
  one.unit.rank = work.rank;
  one.unit.person = naming_->lot("participant", std::to_string(static_cast<std::uint32_t>(person)));
  one.unit.app = naming_->lot("app", work.trajectory.app);
  if (work.told != nullptr && work.told->words && !is_masked(*work.told->words))
    one.unit.task = naming_->lot("task", countable(*work.told->words));
  one.unit.group = group_of(one.unit, work);
  one.unit.fate.left_out = filtered(*rules_, work.trajectory);
  if (!one.unit.fate.left_out && rules_->drops_duplicates())
    one.fingerprint = fingerprint_of(work.trajectory);
  const std::scoped_lock lock(guard_);
  return candidates_.add(one);
}

// What must be on one side: what a person did on a task, which is its words, or what bears one id.
std::uint64_t Plan::group_of(const Unit& unit, const Work& work) const {
  if (unit.task != 0)
    return naming_->lot("work", std::to_string(unit.person) + ' ' + std::to_string(unit.task));
  return work.task.empty() ? work.rank : naming_->lot("work", work.task);
}

Result<void> Plan::decide() {
  if (auto left_out = leave_out(); !left_out) return left_out;
  if (rules_->splits) {
    hold_out();
    if (auto found = find_validation(); !found) return found;
  }
  task_counts_ = {};
  std::set<std::uint64_t> people;
  auto settled = in_order_.each([&](Unit unit) {
    unit.fate = split_of(unit);
    settle(unit);
    if (!unit.fate.left_out) people.insert(unit.person);
  });
  people_ = people.size();
  return settled;
}

Result<void> Plan::leave_out() {
  NearDuplicates known;
  return candidates_.take_each([&](const Candidate& candidate) {
    Unit unit = candidate.unit;
    if (!unit.fate.left_out && rules_->drops_duplicates() &&
        !known.let_in(unit.app, candidate.fingerprint))
      unit.fate.left_out = LeftOut::near_duplicate;
    if (!unit.fate.left_out && !is_too_much(unit)) {
      ++people_counts_[unit.person];
      ++app_counts_[unit.app];
      const bool counts_tasks = rules_->splits || rules_->max_per_task;
      if (unit.task != 0 && counts_tasks) ++task_counts_[unit.task];
    }
    return in_order_.add(unit);
  });
}

bool Plan::is_too_much(Unit& unit) {
  const auto is_full = [](const Counts& counts, std::uint64_t lot,
                          const std::optional<std::size_t>& most) {
    const auto at = counts.find(lot);
    return most && (at == counts.end() ? 0 : at->second) >= *most;
  };
  if (is_full(people_counts_, unit.person, rules_->max_per_participant))
    unit.fate.left_out = LeftOut::over_participant;
  else if (is_full(app_counts_, unit.app, rules_->max_per_app))
    unit.fate.left_out = LeftOut::over_app;
  else if (unit.task != 0 && is_full(task_counts_, unit.task, rules_->max_per_task))
    unit.fate.left_out = LeftOut::over_task;
  return unit.fate.left_out.has_value();
}

void Plan::hold_out() {
  held_people_ = held_of(people_counts_, rules_->held_out);
  held_apps_ = held_of(app_counts_, rules_->held_out);
  held_tasks_ = held_of(task_counts_, rules_->held_out);
}

Plan::Fate Plan::split_of(const Unit& unit) const {
  Fate fate = unit.fate;
  if (fate.left_out) return fate;
  const bool of_person = held_people_.contains(unit.person);
  const bool of_app = held_apps_.contains(unit.app);
  const bool of_task = held_tasks_.contains(unit.task);
  if (of_person + of_app + of_task > 1)
    fate.left_out = LeftOut::between_splits;
  else if (of_person)
    fate.split = Split::test_participant;
  else if (of_app)
    fate.split = Split::test_app;
  else if (of_task)
    fate.split = Split::test_task;
  else if (last_validated_ && unit.group <= *last_validated_)
    fate.split = Split::validation;
  return fate;
}

// As many groups, in the order of their lots, as come to the share of all; up to one that has more
// than a quarter of it.
Result<void> Plan::find_validation() {
  std::uint64_t all = 0;
  Result<void> added;
  auto found = in_order_.each([&](const Unit& unit) {
    const Fate fate = split_of(unit);
    if (!added || fate.left_out || fate.split != Split::train) return;
    ++all;
    added = groups_.add(unit.group);
  });
  if (!found) return found;
  if (!added) return added;
  std::uint64_t taken = 0, units = 0, size = 0;
  std::optional<std::uint64_t> last, group;
  bool goes_on = true;
  const auto end_group = [&] {
    if (!group) return;
    ++units;
    goes_on = goes_on && taken * 100 < all * rules_->validation && size * 4 <= all;
    if (goes_on) {
      last = group;
      taken += size;
    }
    size = 0;
  };
  found = groups_.take_each([&](std::uint64_t each) -> Result<void> {
    if (each != group) end_group();
    group = each;
    ++size;
    return {};
  });
  end_group();
  if (found && units >= fewest_units) last_validated_ = last;
  return found;
}

void Plan::settle(const Unit& unit) {
  const Fate& fate = unit.fate;
  ranks_.push_back(unit.rank);
  const auto why = fate.left_out ? static_cast<std::uint8_t>(*fate.left_out) : std::uint8_t{0};
  fates_.push_back({static_cast<std::uint8_t>(fate.left_out ? why + 1 : 0),
                    static_cast<std::uint8_t>(fate.split)});
  if (fate.left_out)
    ++left_out_[why];
  else
    used_[static_cast<std::size_t>(fate.split)] = true;
}

Plan::Fate Plan::of(std::uint64_t rank) const {
  const auto at = std::lower_bound(ranks_.begin(), ranks_.end(), rank);
  if (at == ranks_.end() || *at != rank) throw std::logic_error("Plan: of one that was not seen");
  const ShortFate fate = fates_[static_cast<std::size_t>(at - ranks_.begin())];
  Fate told;
  if (fate.left_out != 0) told.left_out = static_cast<LeftOut>(fate.left_out - 1);
  told.split = static_cast<Split>(fate.split);
  return told;
}

}  // namespace fieldnote::dataset
