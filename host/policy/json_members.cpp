#include "policy/json_members.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

namespace fieldnote::policy {
namespace {

constexpr std::string_view blanks = " \t\r\n";

// Behind the closing quote of the string that begins at `at`.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

std::size_t value_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  do {
    const char c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
    // A number or a word goes on until something else begins.
    if (depth == 0 && c != '}' && c != ']') return text.find_first_of(",}] \t\r\n", at);
  } while (depth > 0);
  return at;
}

}  // namespace

const MemberPlace* ObjectPlace::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const MemberPlace& member) { return member.key == key; });
  return found == members.end() ? nullptr : &*found;
}

ObjectPlace members_at(std::string_view text, std::size_t at) {
  ObjectPlace object{text.find('{', at), {}};
  at = text.find_first_not_of(blanks, object.begin + 1);
  while (text[at] == '"') {
    MemberPlace member{};
    member.key_begin = at;
    at = string_end(text, at);
    member.key =
        boost::json::parse(text.substr(member.key_begin, at - member.key_begin)).as_string();
    member.value_begin = text.find_first_not_of(blanks, text.find(':', at) + 1);
    member.value_end = value_end(text, member.value_begin);
    at = text.find_first_not_of(blanks, member.value_end);
    object.members.push_back(std::move(member));
    if (text[at] == ',') at = text.find_first_not_of(blanks, at + 1);
  }
  return object;
}

}  // namespace fieldnote::policy
