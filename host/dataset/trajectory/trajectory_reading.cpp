#include "dataset/trajectory/trajectory_reading.hpp"

namespace fieldnote::dataset {

Result<void> TrajectoryReading::of_person(
    std::size_t person, EventProgress& progress,
    const std::function<Result<void>(const Work&)>& take) const {
  TrajectoryBuilder builder(release);
  const auto on_file = [&](std::int64_t events) { progress.add(events); };
  return each_trajectory(survey.people[person], builder,
                         {identities, release, naming, on_file, take});
}

}  // namespace fieldnote::dataset
