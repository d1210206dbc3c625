#include "dataset/trajectory_reading.hpp"

#include <mutex>
#include <optional>

#include "dataset/parallel.hpp"

namespace fieldnote::dataset {

Result<void> TrajectoryReading::each(
    const std::function<Result<void>(std::size_t, const Work&)>& take,
    const std::function<void(std::size_t)>& end) const {
  std::mutex guard;
  std::optional<Error> failure;
  std::uint64_t done = 0;
  const auto on_file = [&](std::int64_t events) {
    const std::scoped_lock lock(guard);
    progress(done += static_cast<std::uint64_t>(events), survey.events);
  };
  for_each_parallel(survey.people.size(), threads, [&](std::size_t i) {
    {
      const std::scoped_lock lock(guard);
      if (failure) return;
    }
    TrajectoryBuilder builder(release);
    const auto take_this = [&](const Work& work) { return take(i, work); };
    const auto read = each_trajectory(survey.people[i], builder,
                                      {identities, release, naming, on_file, take_this});
    if (read) end(i);
    const std::scoped_lock lock(guard);
    if (!read && !failure) failure = read.error();
  });
  if (failure) return *failure;
  return {};
}

}  // namespace fieldnote::dataset
