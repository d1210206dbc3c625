#include "dataset/writing.hpp"

#include <utility>

namespace fieldnote::dataset {

Result<void> Writing::take(std::string_view team, const Work& work) {
  const Plan::Fate fate = plan_ == nullptr ? Plan::Fate() : plan_->of(work.rank);
  if (fate.left_out) return {};
  written_.statistics.count(work.rank, work.trajectory, team);
  written_.release.add(work.release);
  SplitSize& size = written_.sizes[static_cast<std::size_t>(fate.split)];
  ++size.trajectories;
  size.steps += work.trajectory.steps.size();
  return output_.add(fate.split, work.rank, work.trajectory);
}

Written Writing::finish() {
  written_.losses = output_.losses();
  return std::move(written_);
}

}  // namespace fieldnote::dataset
