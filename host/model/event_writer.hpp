// Events as JSON lines, in one fixed order of keys: what is held is, byte for byte, what leaves.
#pragma once

#include <string>

#include "model/event.hpp"

namespace fieldnote::model {

// Appends a JSON string (RFC 8259, section 7) with its quotes. `text` is UTF-8.
void append_json_string(std::string& out, std::string_view text);
void append_json_number(std::string& out, std::int64_t number);
void append_target(std::string& out, const Target& target);
void append_value(std::string& out, const Value& value);
// Appends `,"key":value` for all that a kind tells beyond where it happened; `out` ends inside of
// an object.
void append_act(std::string& out, const Event& event);

// Appends the held form of an event, without a line feed.
void append_held(std::string& out, const Event& event);

}  // namespace fieldnote::model
