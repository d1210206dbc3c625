#include "dataset/writing.hpp"

#include <utility>

namespace fieldnote::dataset {

Result<void> Writing::take(std::size_t person, const Work& work) {
  const Plan::Fate fate = plan_ == nullptr ? Plan::Fate() : plan_->of(work.rank);
  if (fate.left_out) return {};
  Written& written = of_people_[person];
  written.statistics.count(work.rank, work.trajectory, teams_[person]);
  written.release.add(work.release);
  SplitSize& size = written.sizes[static_cast<std::size_t>(fate.split)];
  ++size.trajectories;
  size.steps += work.trajectory.steps.size();
  return output_.add(fate.split, work.rank, work.trajectory);
}

void Writing::end(std::size_t person) {
  const Written written = std::exchange(of_people_[person], {});
  const std::scoped_lock lock(guard_);
  all_.statistics.add(written.statistics);
  all_.release.add(written.release);
  for (std::size_t i = 0; i < written.sizes.size(); ++i) {
    all_.sizes[i].trajectories += written.sizes[i].trajectories;
    all_.sizes[i].steps += written.sizes[i].steps;
  }
}

void Writing::tell(ExportReport& report, bool has_splits) const {
  report.statistics = all_.statistics;
  report.trajectories = all_.statistics.trajectories;
  report.steps = all_.statistics.steps;
  report.release = all_.release;
  for (std::size_t i = 0; has_splits && i < split_words.size(); ++i)
    if (all_.sizes[i].trajectories > 0) report.splits[std::string(split_words[i])] = all_.sizes[i];
  for (std::size_t i = 0; plan_ != nullptr && i < left_out_words.size(); ++i)
    if (const std::uint64_t count = plan_->left_out()[i]; count > 0)
      report.left_out[std::string(left_out_words[i])] = count;
}

}  // namespace fieldnote::dataset
