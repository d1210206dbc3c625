// Holds JSON against the schemas of manifest/schema: the part of JSON Schema that they use.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <string>

#include "temporary_folder.hpp"

namespace fieldnote::testing {

namespace json = boost::json;

class SchemaForm {
 public:
  // The first thing that is wrong with `value`; empty where nothing is.
  static std::string fault(const std::string& file, std::string_view name,
                           const json::value& value) {
    return fault(file, document(file).at("$defs").at(name), value, std::string(name));
  }

 private:
  static const json::value& document(const std::string& file) {
    static std::map<std::string, json::value> known;
    const auto at = known.find(file);
    if (at != known.end()) return at->second;
    return known.emplace(file, json::parse(project_file("manifest/schema/" + file))).first->second;
  }

  static bool is_of_type(const json::value& value, std::string_view type) {
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    return type == "boolean" && value.is_bool();
  }

  static std::string fault(const std::string& file, const json::value& schema,
                           const json::value& value, const std::string& path) {
    if (schema.is_bool()) return schema.get_bool() ? "" : path + " must not be there";
    const json::object& form = schema.as_object();
    if (const json::value* ref = form.if_contains("$ref")) {
      const std::string target(ref->as_string());
      const std::size_t hash = target.find('#');
      const std::string in = hash == 0 ? file : target.substr(0, hash);
      return fault(in, document(in).at("$defs").at(target.substr(target.rfind('/') + 1)), value,
                   path);
    }
    if (const json::value* type = form.if_contains("type");
        type != nullptr && !is_of_type(value, type->as_string()))
      return path + " is no " + std::string(type->as_string());
    if (const json::value* one = form.if_contains("const"); one != nullptr && *one != value)
      return path + " is not " + json::serialize(*one);
    if (const json::value* all = form.if_contains("enum")) {
      bool known = false;
      for (const json::value& word : all->as_array()) known = known || word == value;
      if (!known) return path + " is none of " + json::serialize(*all);
    }
    if (const json::value* pattern = form.if_contains("pattern"); pattern && value.is_string())
      if (!std::regex_search(std::string(value.as_string()),
                             std::regex(std::string(pattern->as_string()))))
        return path + " does not match " + std::string(pattern->as_string());
    if (const json::value* least = form.if_contains("minimum");
        least != nullptr && value.is_int64() && value.get_int64() < least->as_int64())
      return path + " is too small";
    if (const json::value* any = form.if_contains("oneOf")) {
      int good = 0;
      for (const json::value& other : any->as_array())
        good += fault(file, other, value, path).empty() ? 1 : 0;
      if (good != 1) return path + " is " + std::to_string(good) + " of what one must hold";
    }
    if (value.is_object()) return fault_in_object(file, form, value.get_object(), path);
    if (const json::value* items = form.if_contains("items"); items && value.is_array())
      for (const json::value& item : value.get_array())
        if (auto bad = fault(file, *items, item, path + "[]"); !bad.empty()) return bad;
    return {};
  }

  static std::string fault_in_object(const std::string& file, const json::object& form,
                                     const json::object& object, const std::string& path) {
    if (const json::value* required = form.if_contains("required"))
      for (const json::value& key : required->as_array())
        if (!object.contains(key.as_string()))
          return path + " lacks " + std::string(key.as_string());
    const json::value* properties = form.if_contains("properties");
    const json::value* more = form.if_contains("additionalProperties");
    for (const auto& [key, member] : object) {
      const std::string below = path + '.' + std::string(key);
      const json::value* known =
          properties != nullptr ? properties->as_object().if_contains(key) : nullptr;
      if (known == nullptr) known = more;
      if (known == nullptr) continue;
      if (*known == false) return path + " has " + std::string(key);
      if (auto bad = fault(file, *known, member, below); !bad.empty()) return bad;
    }
    return {};
  }
};

inline void check_against(const std::string& file, std::string_view name,
                          const json::value& value) {
  const std::string fault = SchemaForm::fault(file, name, value);
  BOOST_TEST(fault.empty(), fault << " in " << json::serialize(value).substr(0, 2000));
}

}  // namespace fieldnote::testing
