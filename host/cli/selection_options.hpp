// The options of `fieldnote export` that say what of all trajectories the dataset takes.
#pragma once

#include <CLI/App.hpp>

#include "dataset/selection/selection.hpp"

namespace fieldnote::cli {

void add_selection(CLI::App& command, dataset::SelectionRules& rules);

}  // namespace fieldnote::cli
