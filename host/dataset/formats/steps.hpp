// `steps`: one step a line, and one trajectory a line beside it, with all that Fieldnote knows
// (manifest/schema/dataset.schema.json).
#pragma once

#include <string>

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::unique_ptr<Format> make_steps(Sink& sink);

}  // namespace fieldnote::dataset
