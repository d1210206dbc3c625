// Where the members of an object stand in its text: for changing one of them and leaving every
// other byte of somebody's file as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnote::policy {

struct MemberPlace {
  std::string key;
  std::size_t key_begin;
  std::size_t value_begin;
  std::size_t value_end;
};

struct ObjectPlace {
  std::size_t begin;  // of the brace
  std::vector<MemberPlace> members;

  [[nodiscard]] const MemberPlace* find(std::string_view key) const;
};

// The object whose brace is the first thing at or behind `at`. `text` is JSON that parses, without
// comments.
[[nodiscard]] ObjectPlace members_at(std::string_view text, std::size_t at);

}  // namespace fieldnote::policy
