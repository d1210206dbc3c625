// The files of manifest/ and SECURITY.md that the programs quote, as they were when this was built.
#pragma once

#include <string_view>

namespace fieldnote::policy::contract {

extern const std::string_view event_schema;
extern const std::string_view bundle_schema;
extern const std::string_view field_classes;
extern const std::string_view reasons;
// Markdown.
extern const std::string_view security;

}  // namespace fieldnote::policy::contract
