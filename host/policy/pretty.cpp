// JSON as people read it.
#include <boost/json/serialize.hpp>

#include "policy/browser_policy.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

bool is_short(const json::array& array) {
  for (const json::value& item : array)
    if (item.is_structured()) return false;
  return array.size() <= 1;
}

void append(std::string& out, const json::value& value, const std::string& indent) {
  const std::string below = indent + "  ";
  std::string_view between = "\n";
  if (value.is_object() && !value.get_object().empty()) {
    out += '{';
    for (const auto& [key, member] : value.get_object()) {
      out += std::string(between) + below + json::serialize(key) + ": ";
      append(out, member, below);
      between = ",\n";
    }
    out += '\n' + indent + '}';
  } else if (value.is_array() && !is_short(value.get_array())) {
    out += '[';
    for (const json::value& item : value.get_array()) {
      out += std::string(between) + below;
      append(out, item, below);
      between = ",\n";
    }
    out += '\n' + indent + ']';
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string pretty_at(const json::value& value, const std::string& indent) {
  std::string out;
  append(out, value, indent);
  return out;
}

std::string pretty(const json::value& value) {
  return pretty_at(value, "") + '\n';
}

}  // namespace fieldnote::policy
