// The person's requests as the extension sends them.
#pragma once

#include <string>
#include <string_view>

namespace fieldnote::testing {

// `more`: the other members, each with the comma before it.
inline std::string request(std::string_view type, std::int64_t id, std::string_view more = "") {
  return R"({"type":")" + std::string(type) + R"(","id":)" + std::to_string(id) +
         std::string(more) + '}';
}

inline std::string which(std::string_view members) {
  return R"(,"which":{)" + std::string(members) + '}';
}

}  // namespace fieldnote::testing
