// The person comes first (promise 7): what leaves the device has no field for what supervision
// needs, neither in events nor in bundles nor in datasets.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <sstream>

#include "temporary_folder.hpp"

namespace fieldnote {
namespace {

namespace json = boost::json;

const std::set<std::string> words{
    // when, and for how long
    "time", "timestamp", "at", "when", "clock", "date", "day", "hour", "hours", "minute", "minutes",
    "second", "seconds", "ms", "millis", "duration", "elapsed", "begin", "began", "start",
    "started", "end", "ended", "since", "until", "delay", "latency", "gap", "idle", "pause",
    "paused", "pauses", "break",
    // how fast, how well
    "speed", "pace", "rate", "rhythm", "dwell", "wpm", "kpm", "strokes", "keystrokes", "errors",
    "error", "mistakes", "typos", "corrections", "backspaces", "undo", "retries", "score",
    "productivity", "performance", "activity", "focus",
    // who, and where
    "user", "username", "account", "login", "owner", "person", "employee", "staff", "worker",
    "author", "email", "mail", "phone", "device", "machine", "computer", "hostname", "host", "ip",
    "mac", "serial", "os", "locale", "timezone", "location", "latitude", "longitude", "manager",
    "department", "team", "teams", "seat",
    // what the person chose
    "declined", "deleted", "consents"};

// Names of persons and of machines: a name stands only where it names an element of a page.
const std::set<std::string> may_have_a_name{"/$defs/target/properties",
                                            "/$defs/belonging/properties"};

// Calls `f(name, path of the properties)` for every property that a schema gives room to.
template <class F>
void each_property(const json::value& value, const std::string& path, F&& f) {
  if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i)
      each_property((*array)[i], path + '/' + std::to_string(i), f);
  } else if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      const std::string below = path + '/' + std::string(key);
      if (key == "properties" && member.is_object())
        for (const auto& [name, ignored] : member.get_object()) f(std::string(name), below);
      each_property(member, below, f);
    }
  }
}

std::set<std::string> tokens_of(const std::string& name) {
  std::set<std::string> tokens;
  std::istringstream text(name);
  for (std::string token; std::getline(text, token, '_');) tokens.insert(token);
  return tokens;
}

std::set<std::string> offending(const json::value& schema) {
  std::set<std::string> names;
  each_property(schema, "", [&](const std::string& name, const std::string& path) {
    for (const std::string& token : tokens_of(name))
      if (words.contains(token)) names.insert(name);
    if (name == "name" && !may_have_a_name.contains(path)) names.insert(name);
  });
  return names;
}

BOOST_AUTO_TEST_SUITE(supervision)

BOOST_AUTO_TEST_CASE(the_person_comes_first) {
  for (const char* name : {"event", "bundle", "dataset"}) {
    const json::value schema =
        json::parse(testing::project_file("manifest/schema/" + std::string(name) + ".schema.json"));
    std::size_t properties = 0;
    each_property(schema, "", [&](const std::string&, const std::string&) { ++properties; });
    BOOST_TEST(properties > 10U);
    for (const std::string& bad : offending(schema))
      BOOST_TEST(false, std::string(name) + ".schema.json has a property " + bad);
  }
}

BOOST_AUTO_TEST_CASE(the_words_are_found_at_any_depth) {
  for (const char* bad : {"time", "typing_pace", "user_id", "idle_seconds", "name", "host_name"}) {
    json::object inner{{"properties", json::object{{bad, true}}}};
    const json::value schema(
        json::object{{"$defs", json::object{{"x", json::object{{"allOf", json::array{inner}}}}}}});
    BOOST_TEST((offending(schema) == std::set<std::string>{bad}), bad);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote
