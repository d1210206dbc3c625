// Firefox's one policies.json: ours goes in beside what others wrote, and out again.
#include <initializer_list>

#include "policy/browser_policy.hpp"
#include "policy/policy_error.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

constexpr std::string_view policies = "policies";
constexpr std::string_view settings = "ExtensionSettings";

Error wrong(std::string_view key) {
  return {PolicyError::wrong_type, "\"" + std::string(key) +
                                       "\" is no object there; Firefox would not take that file, "
                                       "mend it first"};
}

// The object under `key`, made where it is not there.
Result<json::object*> object_at(json::object& object, std::string_view key) {
  json::value& value = object.emplace(key, json::object()).first->value();
  if (!value.is_object()) return wrong(key);
  return &value.get_object();
}

}  // namespace

Result<json::object> merge_firefox(json::object existing, const json::object& rendered) {
  const json::value* ours = rendered.if_contains(policies);
  const json::value* entries =
      ours != nullptr && ours->is_object() ? ours->get_object().if_contains(settings) : nullptr;
  if (entries == nullptr || !entries->is_object() || ours->get_object().size() != 1 ||
      rendered.size() != 1)
    return Error{PolicyError::wrong_type,
                 "this is not what `fieldnote policy render --browser firefox` wrote"};
  auto all = object_at(existing, policies);
  if (!all) return all.error();
  auto theirs = object_at(**all, settings);
  if (!theirs) return theirs.error();
  for (const auto& [id, entry] : entries->get_object()) (**theirs)[id] = entry;
  return existing;
}

Result<json::object> unmerge_firefox(json::object existing, const std::string& extension_id) {
  json::value* all = existing.if_contains(policies);
  if (all == nullptr) return existing;
  if (!all->is_object()) return wrong(policies);
  json::value* entries = all->get_object().if_contains(settings);
  if (entries == nullptr) return existing;
  if (!entries->is_object()) return wrong(settings);
  if (entries->get_object().erase(extension_id) == 0) return existing;
  // What is empty now says nothing, and was made by us.
  if (entries->get_object().empty()) all->get_object().erase(settings);
  if (all->get_object().empty()) existing.erase(policies);
  return existing;
}

}  // namespace fieldnote::policy
