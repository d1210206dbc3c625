// What is written of the trajectories of one portion that a dataset takes, and what is counted of
// them. Not thread-safe.
#pragma once

#include <string>
#include <vector>

#include "dataset/card/written.hpp"
#include "dataset/output.hpp"
#include "dataset/selection/plan.hpp"
#include "dataset/trajectory/person_trajectories.hpp"

namespace fieldnote::dataset {

class Writing {
 public:
  // `plan`: null where all are taken.
  Writing(Output& output, const Plan* plan) : output_(output), plan_(plan) {}

  // `team`: empty where it is not to be told.
  [[nodiscard]] Result<void> take(std::string_view team, const Work& work);
  // No more comes.
  [[nodiscard]] Written finish();

 private:
  Output& output_;
  const Plan* plan_;
  Written written_;
};

}  // namespace fieldnote::dataset
