// From lines as they left a device to a trajectory as it may enter a dataset. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "dataset/cutter.hpp"
#include "dataset/release.hpp"
#include "dataset/tasks.hpp"
#include "dataset/trajectory.hpp"
#include "model/event_reader.hpp"
#include "redact/detectors.hpp"

namespace fieldnote::dataset {

// What became of clear texts, by place or entity.
struct ReleaseCounts {
  std::map<std::string, std::uint64_t, std::less<>> released;
  std::map<std::string, std::uint64_t, std::less<>> held_back;  // too few people
  std::map<std::string, std::uint64_t, std::less<>> detected;   // by the third look
  std::uint64_t cut_runs = 0;  // work that is in two trajectories, as few people did it so
  void add(const ReleaseCounts& other);
};

class TrajectoryBuilder {
 public:
  explicit TrajectoryBuilder(const Release& release) : release_(&release) {}

  // `stretch` must outlive the trajectory. `task`: of the stretch; null for none.
  [[nodiscard]] Result<Trajectory> build(std::string id, const Stretch& stretch,
                                         const TaskTold* task);

  // Of what was built since they were taken last.
  [[nodiscard]] ReleaseCounts take_counts() { return std::exchange(counts_, {}); }

 private:
  class Work;
  // `text` without what the detectors find in it; the same text again costs a look-up.
  [[nodiscard]] const std::string& looked_through(std::string_view text);

  static constexpr std::size_t most_remembered = 20'000;

  const Release* release_;
  model::EventReader reader_;
  redact::Detectors detectors_;
  std::unordered_map<std::string, std::string> looked_through_;
  ReleaseCounts counts_;
};

}  // namespace fieldnote::dataset
