// One stretch of work, ready for training: what every format is written from. Its texts have passed
// the release gate and the detectors, its placeholders, tabs and frames are numbered from 1.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/release/action_runs.hpp"
#include "dataset/trajectory/observation.hpp"
#include "model/arena.hpp"
#include "model/event.hpp"

namespace fieldnote::dataset {

// Where an agent could have the value of an action from.
struct Source {
  enum class Of : std::uint8_t { none, instruction, outline, value };
  Of of = Of::none;
  std::size_t step = 0;                 // whose observation or value it is, from 1
  std::optional<std::string_view> ref;  // of an outline: the line that shows it
};
inline constexpr std::array<std::string_view, 4> source_words{"none", "instruction", "outline",
                                                              "value"};

// Why a model cannot learn a step from what it sees before it.
enum class Learnable : std::uint8_t {
  yes,
  consequence,         // nobody did it: it followed from the step before
  no_outline,          // of the page before it
  not_in_outline,      // the target is not in it
  value_untold,        // withheld, or its shape only
  value_from_nowhere,  // a placeholder that nothing before it shows
};
inline constexpr std::array<std::string_view, 6> learnable_words{
    "yes", "consequence", "no_outline", "not_in_outline", "value_untold", "value_from_nowhere"};

struct Step {
  model::Event action;  // its texts lie in the trajectory
  std::vector<model::Change> effect;
  std::optional<std::size_t> cause;  // number of the step that this one follows from, from 1
  std::int64_t tab = 1;
  std::int64_t frame = 0;                  // 0: the page itself
  std::optional<Observation> observation;  // the page before the action
  bool in_task = false;
  std::optional<Source> source;              // where there is a text or an option
  std::optional<std::string_view> stand_in;  // "<PASSWORD_1>": for a value that is not told
  Learnable learnable = Learnable::yes;
};

[[nodiscard]] inline bool is_consequence(const Step& step) {
  return is_consequence(step.action);
}

// Whether its target is in the outline before it. What a page has just put in the place of another
// thing may bear the ref of that: the role must be the same. But a line without a role may stand
// for it: what is around the box of a label that is drawn otherwise, say, which no pointer can hit.
[[nodiscard]] bool is_in_outline(const Step& step);

// Whether an address names one page: no part of it is masked.
[[nodiscard]] bool is_whole_address(std::string_view url);

// All but the source of a value must be there.
[[nodiscard]] Learnable learnable(const Step& step);

// What the person said they were doing.
struct Instruction {
  enum class Source : std::uint8_t { none, list, own };
  Source source = Source::none;
  // Absent where the person keeps it or the gate holds it back.
  std::optional<std::string_view> text;
};
inline constexpr std::array<std::string_view, 3> instruction_words{"none", "list", "own"};

enum class Outcome : std::uint8_t { unknown, done, stopped };
inline constexpr std::array<std::string_view, 3> outcome_words{"unknown", "done", "stopped"};

struct Trajectory {
  std::string id;  // "t" and 16 hex digits; random, but for a seed
  std::string app;
  Instruction instruction;
  Outcome outcome = Outcome::unknown;  // of the task, however many parts it has
  unsigned part = 1, parts = 1;        // the work on a task may be in several trajectories
  std::vector<Step> steps;
  std::optional<Observation> after;  // the page after the last action, in its tab
  model::Arena texts;
  model::Arena lines;  // more of them, as they were read
};

// The step that somebody did and that a consequence goes back to; 0: it is not in the trajectory.
[[nodiscard]] std::size_t root_of(const Trajectory& trajectory, const Step& step);

template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view word_of(const std::array<std::string_view, N>& words,
                                                 Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace fieldnote::dataset
