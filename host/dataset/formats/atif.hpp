// `atif`: one trajectory a line in the Agent Trajectory Interchange Format, version 1.7 (Harbor's
// RFC 0001; read by Agent Data Protocol and NeMo). The agent is the person; what the format has no
// place for stands in `extra`.
#pragma once

#include "dataset/formats/format.hpp"

namespace fieldnote::dataset {

[[nodiscard]] std::unique_ptr<Format> make_atif(Sink& sink);

}  // namespace fieldnote::dataset
