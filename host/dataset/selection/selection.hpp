// What of all trajectories a dataset takes: filters on each, near-duplicates, how many of one
// person, tool or task, and splits. What is left out is counted by reason.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

enum class Split : std::uint8_t { train, validation, test_participant, test_app, test_task };
inline constexpr std::array<std::string_view, 5> split_words{
    "train", "validation", "test_participant", "test_app", "test_task"};

enum class LeftOut : std::uint8_t {
  outcome,
  without_instruction,
  learnable_share,
  length,
  cut_outline,
  near_duplicate,
  over_participant,  // more of one person than the dataset takes
  over_app,
  over_task,
  between_splits,  // of two kinds of things that are held out
};
inline constexpr std::array<std::string_view, 10> left_out_words{
    "outcome",        "without_instruction", "learnable_share", "length",    "cut_outline",
    "near_duplicate", "over_participant",    "over_app",        "over_task", "between_splits"};

// As it is where nothing is said, all are taken.
struct SelectionRules {
  std::set<Outcome> outcomes;  // empty: any
  bool with_instruction = false;
  unsigned min_learnable = 0;  // percent of the steps that somebody did
  std::size_t min_steps = 0;   // of those that somebody did
  std::optional<std::size_t> max_steps;
  bool whole_outlines = false;
  bool dedup = false;
  std::optional<std::size_t> max_per_participant, max_per_app, max_per_task;
  bool splits = false;       // near-duplicates are left out before
  unsigned held_out = 10;    // percent of people, tools and tasks
  unsigned validation = 10;  // percent of what is held out of no test

  [[nodiscard]] bool drops_duplicates() const { return dedup || splits; }
  // Whether there is anything to decide.
  [[nodiscard]] bool takes_all() const;
};

// Why the filters leave it out; nothing: they do not.
[[nodiscard]] std::optional<LeftOut> filtered(const SelectionRules& rules,
                                              const Trajectory& trajectory);

}  // namespace fieldnote::dataset
