// The events of a stretch, read once for all who look at them.
#pragma once

#include <vector>

#include "dataset/reading/cutter.hpp"
#include "model/arena.hpp"
#include "model/event_reader.hpp"

namespace fieldnote::dataset {

// One for each line. Their texts lie in `stretch` and `texts`. Fails where a line is no event.
[[nodiscard]] Result<std::vector<model::Event>> read_events(const Stretch& stretch,
                                                            model::EventReader& reader,
                                                            model::Arena& texts);

}  // namespace fieldnote::dataset
