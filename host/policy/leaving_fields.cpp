// Walks the schemas of what leaves: every field with its description and its reason.
#include <boost/json/parse.hpp>
#include <set>

#include "policy/annex.hpp"
#include "policy/contract.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

class Walk {
 public:
  Walk(std::string_view schema, std::string_view reasons_of)
      : schema_(json::parse(schema)),
        reasons_(json::parse(contract::reasons).at(reasons_of).as_object()) {}

  [[nodiscard]] const json::object& definition(std::string_view name) const {
    return schema_.at("$defs").at(name).as_object();
  }

  void add(const std::string& path, const json::object& schema) {
    const json::object* target = &resolved(schema);
    std::string what = text_of(schema, "description");
    if (what.empty()) what = text_of(*target, "description");
    fields.push_back({path, std::move(what), reason(path, "why"), reason(path, "told"),
                      own_reason(path, "others")});
    // A list of objects, or of what else holds fields.
    if (const json::value* items = target->if_contains("items"); items && items->is_object())
      target = &resolved(items->get_object());
    const json::value* properties = target->if_contains("properties");
    // A schema that holds itself is told once.
    if (properties == nullptr || !open_.insert(target).second) return;
    for (const auto& [key, below] : properties->as_object())
      if (below.is_object()) add(path + '.' + std::string(key), below.get_object());
    open_.erase(target);
  }

  std::vector<LeavingField> fields;

 private:
  // Follows `$ref` within the document.
  [[nodiscard]] const json::object& resolved(const json::object& schema) const {
    const std::string ref = text_of(schema, "$ref");
    return ref.starts_with("#/") ? resolved(schema_.at_pointer(ref.substr(1)).as_object()) : schema;
  }

  [[nodiscard]] std::string own_reason(const std::string& path, std::string_view key) const {
    const json::value* entry = reasons_.if_contains(path);
    return entry == nullptr ? std::string() : text_of(entry->as_object(), key);
  }

  // A field inside of another shares its reason unless it has its own.
  [[nodiscard]] std::string reason(std::string path, std::string_view key) const {
    while (true) {
      if (std::string own = own_reason(path, key); !own.empty()) return own;
      const std::size_t dot = path.rfind('.');
      if (dot == std::string::npos) return {};
      path.resize(dot);
    }
  }

  json::value schema_;
  json::object reasons_;
  std::set<const json::object*> open_;
};

}  // namespace

std::vector<LeavingField> event_fields() {
  Walk walk(contract::event_schema, "event");
  const json::object& common = walk.definition("common").at("properties").as_object();
  const json::object& act = walk.definition("act").at("properties").as_object();
  for (const auto& [key, schema] : walk.definition("held").at("properties").as_object()) {
    // `true` stands for what all events, or all of a kind, have in common.
    if (schema.is_object())
      walk.add(std::string(key), schema.as_object());
    else
      walk.add(std::string(key), (common.contains(key) ? common : act).at(key).as_object());
  }
  return std::move(walk.fields);
}

std::vector<LeavingField> header_fields() {
  Walk walk(contract::bundle_schema, "header");
  for (const auto& [key, schema] : walk.definition("header").at("properties").as_object())
    walk.add(std::string(key), schema.as_object());
  return std::move(walk.fields);
}

}  // namespace fieldnote::policy
