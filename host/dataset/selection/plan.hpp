// Which trajectories a dataset takes, and into which split each goes: known only when all have been
// seen once. The same ones, rules and seed give the same plan, in whatever order they come.
//
// Of each unit (person, tool, task) so many percent are held out whole, by lot, and never one that
// has more than a quarter of all trajectories; of fewer than three units none. What is of one unit
// that is held out is a test of it, what is of two is left out. Of the rest so much is for
// validation, all work of a person on a task together.
//
// What is known of the trajectories lies on disk; in memory are 10 bytes of each, and 48 of each
// task in other words.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <unordered_map>
#include <vector>

#include "dataset/reading/roster.hpp"
#include "dataset/selection/fingerprint.hpp"
#include "dataset/selection/selection.hpp"
#include "dataset/trajectory/person_trajectories.hpp"
#include "platform/spilled_sort.hpp"

namespace fieldnote::dataset {

class Plan {
 public:
  struct Fate {
    std::optional<LeftOut> left_out;
    Split split = Split::train;
  };

  // `room`: a folder where there is room on disk.
  Plan(const SelectionRules& rules, const Naming& naming, const platform::fs::path& room)
      : rules_(&rules),
        naming_(&naming),
        candidates_(room, most_candidates),
        in_order_(room),
        groups_(room, most_groups) {}

  // Safe from several threads.
  [[nodiscard]] Result<void> add(Person person, const Work& work);
  // All have been seen.
  [[nodiscard]] Result<void> decide();

  [[nodiscard]] Fate of(std::uint64_t rank) const;
  [[nodiscard]] const std::array<std::uint64_t, left_out_words.size()>& left_out() const {
    return left_out_;
  }
  [[nodiscard]] bool has(Split split) const { return used_[static_cast<std::size_t>(split)]; }
  // People of whom something is taken.
  [[nodiscard]] std::size_t people() const { return people_; }

 private:
  static constexpr std::size_t most_candidates = 64 << 10, most_groups = 256 << 10;

  // A trajectory, by lots; `task` 0: of none.
  struct Unit {
    std::uint64_t rank = 0;
    std::uint64_t person = 0, app = 0, task = 0, group = 0;
    Fate fate;
  };
  struct Candidate {
    Unit unit;
    Fingerprint fingerprint;
    friend bool operator<(const Candidate& a, const Candidate& b) {
      return a.unit.rank < b.unit.rank;
    }
  };
  // How many trajectories are of each, in the order of their lots.
  using Counts = std::map<std::uint64_t, std::size_t>;
  using Held = std::set<std::uint64_t>;

  // One after the other, in their order: near-duplicates, then what is too much.
  [[nodiscard]] Result<void> leave_out();
  [[nodiscard]] bool is_too_much(Unit& unit);
  void hold_out();
  [[nodiscard]] std::uint64_t group_of(const Unit& unit, const Work& work) const;
  [[nodiscard]] Fate split_of(const Unit& unit) const;
  [[nodiscard]] Result<void> find_validation();
  void settle(const Unit& unit);

  const SelectionRules* rules_;
  const Naming* naming_;
  std::mutex guard_;
  platform::SpilledSort<Candidate> candidates_;
  platform::SpilledList<Unit> in_order_;
  // Of those that are not left out.
  Counts people_counts_, app_counts_, task_counts_;
  Held held_people_, held_apps_, held_tasks_;
  platform::SpilledSort<std::uint64_t> groups_;  // of each that no test is of
  std::optional<std::uint64_t> last_validated_;  // of the groups; those up to it are for validation
  // In order, and what becomes of each.
  std::vector<std::uint64_t> ranks_;
  struct ShortFate {
    std::uint8_t left_out, split;  // left_out: one more than its number; 0: it is taken
  };
  std::vector<ShortFate> fates_;
  std::array<std::uint64_t, left_out_words.size()> left_out_{};
  std::array<bool, split_words.size()> used_{};
  std::size_t people_ = 0;
};

}  // namespace fieldnote::dataset
