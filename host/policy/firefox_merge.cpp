#include "policy/firefox_merge.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "policy/browser_policy.hpp"
#include "policy/json_members.hpp"
#include "policy/policy_error.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 2> path{"policies", "ExtensionSettings"};
constexpr std::string_view own_id = "fieldnote@fieldnote.org";

Error wrong(std::string_view key) {
  return {PolicyError::wrong_type, "\"" + std::string(key) +
                                       "\" is no object there; Firefox would not take that file, "
                                       "mend it first"};
}

// The file, "policies" and "ExtensionSettings", as far as they are there.
Result<std::vector<ObjectPlace>> levels_of(std::string_view text) {
  std::vector<ObjectPlace> levels{members_at(text, 0)};
  for (const std::string_view key : path) {
    const MemberPlace* member = levels.back().find(key);
    if (member == nullptr) break;
    if (text[member->value_begin] != '{') return wrong(key);
    levels.push_back(members_at(text, member->value_begin));
  }
  return levels;
}

// What stands between the brace and the first member: a member before it gets the same.
std::string lead_of(std::string_view text, const ObjectPlace& object) {
  if (object.members.empty()) return " ";
  return std::string(
      text.substr(object.begin + 1, object.members.front().key_begin - object.begin - 1));
}

void insert(std::string& text, const ObjectPlace& object, std::size_t depth, std::string_view key,
            const json::value& value) {
  const std::string lead = lead_of(text, object);
  const std::size_t line = lead.rfind('\n');
  const std::string indent =
      line == lead.npos ? std::string(2 * (depth + 1), ' ') : lead.substr(line + 1);
  text.insert(object.begin + 1, lead + json::serialize(key) + ": " + pretty_at(value, indent) +
                                    (object.members.empty() ? "" : ","));
}

void erase(std::string& text, const ObjectPlace& object, std::string_view key) {
  const MemberPlace* member = object.find(key);
  std::size_t begin = object.begin + 1;
  std::size_t end = member->value_end;
  if (member != &object.members.front())
    begin = (member - 1)->value_end;
  else if (object.members.size() > 1)
    end = text.find(',', end) + 1;
  text.erase(begin, end - begin);
}

// Whether an object whose one member is ours was there, and empty, before it.
bool was_there(std::string_view text, const ObjectPlace& object) {
  return text.substr(object.begin + 1, 2) == " \"";
}

const json::object* object_in(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

}  // namespace

Result<std::string> merge_firefox(const std::optional<std::string>& existing,
                                  const json::object& rendered) {
  const json::object* policies = object_in(rendered, path[0]);
  const json::object* ours = policies != nullptr ? object_in(*policies, path[1]) : nullptr;
  if (ours == nullptr || policies->size() != 1 || rendered.size() != 1)
    return Error{PolicyError::wrong_type,
                 "this is not what `fieldnote policy render --browser firefox` wrote"};
  if (!existing) return pretty(rendered);
  std::string text = *existing;
  for (const auto& [id, entry] : *ours) {
    const auto levels = levels_of(text);
    if (!levels) return levels.error();
    const std::size_t depth = levels->size() - 1;
    const ObjectPlace& innermost = levels->back();
    if (depth == 0)
      insert(text, innermost, depth, path[0], json::object{{path[1], {{id, entry}}}});
    else if (depth == 1)
      insert(text, innermost, depth, path[1], json::object{{id, entry}});
    else if (const MemberPlace* old = innermost.find(id); old == nullptr)
      insert(text, innermost, depth, id, entry);
    else if (json::parse(std::string_view(text).substr(old->value_begin,
                                                       old->value_end - old->value_begin)) != entry)
      text.replace(old->value_begin, old->value_end - old->value_begin,
                   pretty_at(entry, std::string(2 * (depth + 1), ' ')));
  }
  return text;
}

Result<std::optional<std::string>> unmerge_firefox(std::string existing,
                                                   std::string_view extension_id) {
  const auto levels = levels_of(existing);
  if (!levels) return levels.error();
  std::size_t depth = path.size();
  if (levels->size() <= depth || levels->back().find(extension_id) == nullptr)
    return std::optional(std::move(existing));
  const auto made_by_us = [&](const ObjectPlace& object) {
    return object.members.size() == 1 && !was_there(existing, object);
  };
  while (depth > 0 && made_by_us((*levels)[depth])) --depth;
  if (depth == 0 && made_by_us(levels->front())) return std::optional<std::string>();
  erase(existing, (*levels)[depth], depth == path.size() ? extension_id : path[depth]);
  return std::optional(std::move(existing));
}

bool is_fieldnote_entry(std::string_view id, const json::value& entry) {
  if (id == own_id) return true;
  const json::value* url =
      entry.is_object() ? entry.get_object().if_contains("install_url") : nullptr;
  return url != nullptr && url->is_string() && url->get_string().ends_with("/fieldnote.xpi");
}

std::vector<std::string> fieldnote_entries(const json::object& file) {
  std::vector<std::string> ids;
  const json::object* policies = object_in(file, path[0]);
  const json::object* entries = policies != nullptr ? object_in(*policies, path[1]) : nullptr;
  if (entries == nullptr) return ids;
  for (const auto& [id, entry] : *entries)
    if (is_fieldnote_entry(id, entry)) ids.emplace_back(id);
  return ids;
}

}  // namespace fieldnote::policy
