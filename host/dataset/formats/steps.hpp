// `steps`: one step a line, with all that Fieldnote knows (manifest/schema/dataset.schema.json).
#pragma once

#include <string>

#include "dataset/trajectory.hpp"

namespace fieldnote::dataset {

// Appends a line a step.
void append_steps(std::string& out, const Trajectory& trajectory);

}  // namespace fieldnote::dataset
