// The tools of Playwright's MCP server that steps are told in, as that server lists them: the file
// beside this one is made by tests/formats/list_tools.mjs, and says of which version.
#pragma once

#include <string>
#include <string_view>

namespace fieldnote::dataset {

extern const std::string_view playwright_mcp_tools;

// As the functions of OpenAI's chats, a JSON array.
[[nodiscard]] const std::string& tools_as_functions();

}  // namespace fieldnote::dataset
