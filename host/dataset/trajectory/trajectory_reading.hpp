// A reading of all trajectories of a survey, by several people at a time on as many threads.
#pragma once

#include <functional>
#include <mutex>
#include <span>

#include "dataset/trajectory/person_trajectories.hpp"

namespace fieldnote::dataset {

// How many events have been read of all, whoever reads them.
class EventProgress {
 public:
  // `done`: before it begins.
  EventProgress(const FileProgress& told, std::uint64_t of, std::uint64_t done = 0)
      : told_(told), of_(of), done_(done) {}

  void add(std::int64_t events) {
    const std::scoped_lock lock(guard_);
    told_(done_ += static_cast<std::uint64_t>(events), of_);
  }

 private:
  const FileProgress& told_;
  std::uint64_t of_, done_;
  std::mutex guard_;
};

struct TrajectoryReading {
  std::span<const seal::X25519Identity> identities;
  const Survey& survey;
  const Release& release;
  const Naming& naming;

  // Calls `take` with each trajectory of one person, by their place among `survey.people`, in
  // order. Safe from several threads, of different people.
  [[nodiscard]] Result<void> of_person(std::size_t person, EventProgress& progress,
                                       const std::function<Result<void>(const Work&)>& take) const;
};

}  // namespace fieldnote::dataset
