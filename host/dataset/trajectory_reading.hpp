// A reading of all trajectories of a survey, by several people at a time on as many threads.
#pragma once

#include <functional>
#include <span>

#include "dataset/person_trajectories.hpp"

namespace fieldnote::dataset {

struct TrajectoryReading {
  std::span<const seal::X25519Identity> identities;
  const Survey& survey;
  const Release& release;
  const Naming& naming;
  unsigned threads = 1;
  const FileProgress& progress;  // in events

  // Calls `take` with each trajectory and the place of its person among `survey.people`: those of
  // one person in order and from one thread, and `end` when they have all been taken.
  [[nodiscard]] Result<void> each(const std::function<Result<void>(std::size_t, const Work&)>& take,
                                  const std::function<void(std::size_t)>& end) const;
};

}  // namespace fieldnote::dataset
