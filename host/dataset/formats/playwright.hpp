// `playwright`: each trajectory as a test script for @playwright/test. Masked texts stand as their
// placeholders; what they stand for is read from `ID.values.json` beside the script, or from the
// file that FIELDNOTE_VALUES names.
#pragma once

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::unique_ptr<Format> make_playwright(Sink& sink);

}  // namespace fieldnote::dataset
