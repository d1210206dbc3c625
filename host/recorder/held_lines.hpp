// The lines of a held row taken apart: its ledger, and one line an event, in the order in which
// they were recorded.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"

namespace fieldnote::recorder {

struct HeldLines {
  std::optional<model::Ledger> ledger;
  std::vector<std::string_view> events;  // without line feeds; views of what was taken apart
};

[[nodiscard]] HeldLines split_held(std::string_view lines);

}  // namespace fieldnote::recorder
