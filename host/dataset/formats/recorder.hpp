// `recorder`: each trajectory as a flow of the Chrome DevTools Recorder, which DevTools imports and
// @puppeteer/replay replays. Typed texts that are masked stand as their placeholders; beside each
// flow `ID.values.json` names them.
#pragma once

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::unique_ptr<Format> make_recorder(Sink& sink);

}  // namespace fieldnote::dataset
