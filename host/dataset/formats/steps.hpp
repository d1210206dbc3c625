// `steps`: one step a line, and one trajectory a line beside it, with all that Fieldnote knows
// (manifest/schema/dataset.schema.json).
#pragma once

#include <string>

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] Result<std::unique_ptr<Format>> make_steps(const platform::fs::path& folder);

}  // namespace fieldnote::dataset
