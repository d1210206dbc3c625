// Which trajectories a dataset takes, and into which split each goes: known only when all have been
// seen once. The same ones, rules and seed give the same plan, in whatever order they come.
//
// Of each unit (person, tool, task) so many percent are held out whole, by lot, and never one that
// has more than a quarter of all trajectories; of fewer than three units none. What is of one unit
// that is held out is a test of it, what is of two is left out. Of the rest so much is for
// validation, all work of a person on a task together.
#pragma once

#include <mutex>
#include <unordered_map>
#include <vector>

#include "dataset/fingerprint.hpp"
#include "dataset/person_trajectories.hpp"
#include "dataset/roster.hpp"
#include "dataset/selection.hpp"

namespace fieldnote::dataset {

class Plan {
 public:
  struct Fate {
    std::optional<LeftOut> left_out;
    Split split = Split::train;
  };

  Plan(const SelectionRules& rules, const Naming& naming) : rules_(&rules), naming_(&naming) {}

  // Safe from several threads.
  void add(Person person, const Work& work);
  // All have been seen.
  void decide();

  [[nodiscard]] const Fate& of(std::uint64_t rank) const { return fates_.at(rank); }
  [[nodiscard]] const std::array<std::uint64_t, left_out_words.size()>& left_out() const {
    return left_out_;
  }
  [[nodiscard]] bool has(Split split) const { return used_[static_cast<std::size_t>(split)]; }
  // People of whom something is taken.
  [[nodiscard]] std::size_t people() const { return people_; }

 private:
  struct Candidate {
    std::uint64_t rank = 0;
    // By lot; 0: of no task.
    std::uint64_t person = 0, app = 0, task = 0, group = 0;
    Fingerprint fingerprint;
    Fate fate;
  };
  void leave_out_near_duplicates();
  void leave_out_what_is_too_much();
  void split();

  const SelectionRules* rules_;
  const Naming* naming_;
  std::mutex guard_;
  std::vector<Candidate> all_;
  std::unordered_map<std::uint64_t, Fate> fates_;
  std::array<std::uint64_t, left_out_words.size()> left_out_{};
  std::array<bool, split_words.size()> used_{};
  std::size_t people_ = 0;
};

}  // namespace fieldnote::dataset
