// The line that stands before the events of a held batch where something was redacted, refused or
// lost: the counts live and die with their batch, so that a deleted batch leaves no trace in what
// is sealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/ledger.hpp"

namespace fieldnote::recorder {

void append_ledger_line(std::string& out, const model::Ledger& ledger);

// The ledger, if this line is one.
[[nodiscard]] std::optional<model::Ledger> parse_ledger_line(std::string_view line);

}  // namespace fieldnote::recorder
