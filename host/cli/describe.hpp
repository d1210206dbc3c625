// Events and values in words that fit a line of a terminal.
#pragma once

#include <string>

#include "model/event.hpp"

namespace fieldnote::cli {

// `button "Save"`, `textbox "Subject"`; empty for events without a target.
[[nodiscard]] std::string describe(const model::Target& target);
// `"High"`, `<TEXT_3>`, `withheld (password)`, `shape (date: 9-16, digits punctuation)`.
[[nodiscard]] std::string describe(const model::Value& value);
// What the row says in place of a target: how the page came.
[[nodiscard]] std::string describe_target(const model::Event& event);

}  // namespace fieldnote::cli
