// From lines as they left a device to a trajectory as it may enter a dataset. Not thread-safe.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>

#include "dataset/reading/cutter.hpp"
#include "dataset/release/clearance.hpp"
#include "dataset/survey/tasks.hpp"
#include "dataset/trajectory/trajectory.hpp"
#include "model/event_reader.hpp"

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
  explicit TrajectoryBuilder(const Release& release) : clearance_(release) {}

  // `stretch` must outlive the trajectory. `task`: of the stretch; null for none.
  [[nodiscard]] Result<Trajectory> build(std::string id, const Stretch& stretch,
                                         const TaskTold* task);
  // The same of its events, which were read before and are used up; what they lie in must outlive
  // the trajectory, too.
  [[nodiscard]] Trajectory build(std::string id, const Stretch& stretch,
                                 std::span<model::Event> events, const TaskTold* task);

  // Of what was built since they were taken last.
  [[nodiscard]] ReleaseCounts take_counts() { return std::exchange(counts_, {}); }

 private:
  class Work;
  // A line of an outline that reads the same wherever it stands.
  struct PlainLine {
    std::string text;
    bool is_frame = false;
    std::array<std::uint8_t, model::text_places.size()> released{};  // its texts, by place
  };

  model::EventReader reader_;
  Clearance clearance_;
  redact::TextMemory<PlainLine> plain_lines_;
  ReleaseCounts counts_;
};

}  // namespace fieldnote::dataset
