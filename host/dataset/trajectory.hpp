// One stretch of work, ready for training: what every format is written from. Its texts have passed
// the release gate and the detectors, its placeholders, tabs and frames are numbered from 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dataset/observation.hpp"
#include "model/arena.hpp"
#include "model/event.hpp"

namespace fieldnote::dataset {

struct Step {
  model::Event action;  // its texts lie in the trajectory
  std::vector<model::Change> effect;
  std::optional<std::size_t> cause;  // number of the step that this one follows from, from 1
  std::int64_t tab = 1;
  std::int64_t frame = 0;                  // 0: the page itself
  std::optional<Observation> observation;  // the page before the action
};

struct Trajectory {
  std::string id;  // "t" and 16 hex digits; random, but for a seed
  std::string app;
  std::vector<Step> steps;
  model::Arena texts;
};

}  // namespace fieldnote::dataset
