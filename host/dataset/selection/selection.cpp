#include "dataset/selection/selection.hpp"

#include <algorithm>

#include "dataset/release/omission.hpp"

namespace fieldnote::dataset {
namespace {

bool has_cut_outline(const Trajectory& trajectory) {
  return std::any_of(trajectory.steps.begin(), trajectory.steps.end(), [](const Step& step) {
    return step.observation && has_omission(step.observation->text);
  });
}

}  // namespace

bool SelectionRules::takes_all() const {
  return outcomes.empty() && !with_instruction && min_learnable == 0 && min_steps == 0 &&
         !max_steps && !whole_outlines && !dedup && !max_per_participant && !max_per_app &&
         !max_per_task && !splits;
}

std::optional<LeftOut> filtered(const SelectionRules& rules, const Trajectory& trajectory) {
  if (!rules.outcomes.empty() && !rules.outcomes.contains(trajectory.outcome))
    return LeftOut::outcome;
  if (rules.with_instruction && !trajectory.instruction.text) return LeftOut::without_instruction;
  const auto done = static_cast<std::size_t>(
      std::count_if(trajectory.steps.begin(), trajectory.steps.end(),
                    [](const Step& step) { return step.learnable != Learnable::consequence; }));
  const auto learned = static_cast<std::size_t>(
      std::count_if(trajectory.steps.begin(), trajectory.steps.end(),
                    [](const Step& step) { return step.learnable == Learnable::yes; }));
  if (learned * 100 < rules.min_learnable * std::max<std::size_t>(done, 1))
    return LeftOut::learnable_share;
  if (done < rules.min_steps || (rules.max_steps && done > *rules.max_steps))
    return LeftOut::length;
  if (rules.whole_outlines && has_cut_outline(trajectory)) return LeftOut::cut_outline;
  return std::nullopt;
}

}  // namespace fieldnote::dataset
