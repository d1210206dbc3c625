// The trajectories of one person, built one after the other from their bundles: what every reading
// after the survey goes through. The same bundles give the same ones each time.
#pragma once

#include <functional>
#include <span>

#include "dataset/survey/survey.hpp"
#include "dataset/trajectory/naming.hpp"
#include "dataset/trajectory/trajectory_builder.hpp"

namespace fieldnote::dataset {

// A trajectory, and what is known of it that no row tells.
struct Work {
  std::uint64_t rank = 0;  // its place among all
  const Trajectory& trajectory;
  const ReleaseCounts& release;
  std::string_view task;      // the id of the task that it is of; empty: none
  const TaskTold* told = {};  // of that task; null: nothing
};

struct PersonReading {
  std::span<const seal::X25519Identity> identities;
  const Release& release;
  const Naming& naming;
  std::function<void(std::int64_t)> on_file;  // its events
  std::function<Result<void>(const Work&)> take;
};

// Those without steps are passed over. Fails where a bundle is not what it was at the survey.
[[nodiscard]] Result<void> each_trajectory(const PersonFiles& person, TrajectoryBuilder& builder,
                                           const PersonReading& reading);

}  // namespace fieldnote::dataset
