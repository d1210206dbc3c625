// The release gate for what was done one after the other: a stretch of work is cut so that every
// run of three actions that remains in one piece was done by as many people as a text must be seen
// from. Nothing is lost by it but what the pieces have to do with each other.
#pragma once

#include <span>
#include <vector>

#include "dataset/reading/cutter.hpp"
#include "dataset/release/action_runs.hpp"
#include "model/event_reader.hpp"

namespace fieldnote::dataset {

class RareRuns {
 public:
  explicit RareRuns(const Release& release) : release_(&release) {}

  // The pieces of `stretch` in order, which is used up; one if it stays whole. An outline that a
  // piece cites is in it. `events`: one for each line.
  [[nodiscard]] Result<std::vector<Stretch>> cut(Stretch&& stretch,
                                                 std::span<const model::Event> events);

 private:
  [[nodiscard]] std::vector<std::size_t> places(std::string_view app,
                                                std::span<const model::Event> events) const;
  [[nodiscard]] Result<std::vector<Stretch>> pieces(Stretch&& stretch,
                                                    const std::vector<std::size_t>& places);

  const Release* release_;
  model::EventReader reader_;
};

}  // namespace fieldnote::dataset
