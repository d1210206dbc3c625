// What is written of the trajectories of one portion that a dataset takes, and what is counted of
// them. Not thread-safe.
#pragma once

#include <string>
#include <vector>

#include "dataset/output.hpp"
#include "dataset/person_trajectories.hpp"
#include "dataset/plan.hpp"
#include "dataset/written.hpp"

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
