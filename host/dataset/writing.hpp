// What is written of the trajectories that a dataset takes, and what is counted of them.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "dataset/output.hpp"
#include "dataset/person_trajectories.hpp"
#include "dataset/plan.hpp"

namespace fieldnote::dataset {

class Writing {
 public:
  // `plan`: null where all are taken. `teams`: of each person; empty where it is not to be told.
  Writing(Output& output, const Plan* plan, const std::vector<std::string>& teams)
      : output_(output), plan_(plan), teams_(teams), of_people_(teams.size()) {}

  // Of one person from one thread at a time.
  [[nodiscard]] Result<void> take(std::size_t person, const Work& work);
  // No more comes of that person.
  void end(std::size_t person);

  void tell(ExportReport& report, bool has_splits) const;

 private:
  struct Written {
    Statistics statistics;
    ReleaseCounts release;
    std::array<SplitSize, split_words.size()> sizes{};
  };

  Output& output_;
  const Plan* plan_;
  const std::vector<std::string>& teams_;
  std::vector<Written> of_people_;  // while theirs are read
  std::mutex guard_;
  Written all_;
};

}  // namespace fieldnote::dataset
