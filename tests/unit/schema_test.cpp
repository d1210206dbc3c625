// manifest/schema/event.schema.json is the contract: its words are the code's, and what it lets in,
// the reader lets in.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "model/event_reader.hpp"
#include "policy/policy.hpp"
#include "temporary_folder.hpp"
#include "told.hpp"
#include "wire.hpp"

namespace fieldnote::model {
namespace {

namespace json = boost::json;
using testing::a_wire_event;

const json::object& definitions() {
  static const json::value schema =
      json::parse(testing::project_file("manifest/schema/event.schema.json"));
  return schema.at("$defs").as_object();
}

const json::object& properties_of(std::string_view definition) {
  return definitions().at(definition).at("properties").as_object();
}

template <class Enum>
void check_words(const json::value& list) {
  std::vector<std::string> written;
  for (const json::value& word : list.as_array()) written.emplace_back(word.as_string());
  const std::vector<std::string> coded(Words<Enum>::list.begin(), Words<Enum>::list.end());
  BOOST_TEST(written == coded, boost::test_tools::per_element());
}

bool accepts_wire(const json::value& event) {
  EventReader reader;
  testing::Told told;
  const auto read = reader.read_batch(testing::batch_of(1, json::array{event}), told);
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST_REQUIRE(told.order.size() == 1U);
  return told.order == "e";
}

json::object a_held_event(Kind kind) {
  json::object event = a_wire_event(kind);
  if (!bears_url(kind)) event.erase("url");
  event["stream"] = testing::a_stream;
  event["seq"] = 7;
  event["scope"] = "01234567";
  event["app"] = "crm";
  return event;
}

bool accepts_held(const json::value& event) {
  EventReader reader;
  return reader.read_held(json::serialize(event)).has_value();
}

// `count` code points of three bytes each: limits count neither bytes nor UTF-16.
std::string long_text(std::int64_t count) {
  std::string text;
  for (std::int64_t i = 0; i < count; ++i) text += "\xE2\x82\xAC";
  return text;
}

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(its_words_are_those_of_the_code) {
  check_words<Kind>(definitions().at("kind").at("enum"));
  check_words<FieldClass>(definitions().at("class").at("enum"));
  check_words<Disclosure>(definitions().at("disclosure").at("enum"));
  check_words<Navigation>(definitions().at("navigation").at("enum"));
  check_words<Provenance>(properties_of("entry").at("by").at("items").at("enum"));
  check_words<Amount>(properties_of("entry").at("amount").at("enum"));
  check_words<What>(properties_of("change").at("what").at("enum"));
}

BOOST_AUTO_TEST_CASE(texts_are_taken_up_to_their_limit_and_not_above) {
  const auto check = [](std::string_view definition, std::string_view key, const auto& with) {
    const std::int64_t limit = properties_of(definition).at(key).at("maxLength").as_int64();
    BOOST_TEST(with(long_text(limit)), key << " of " << limit);
    BOOST_TEST(!with(long_text(limit + 1)), key << " of " << limit + 1);
  };
  for (const char* key : {"role", "name", "label", "tag", "type"})
    check("target", key, [&](const std::string& text) {
      json::object event = a_wire_event(Kind::click);
      event["target"].as_object()[key] = text;
      return accepts_wire(event);
    });
  for (const char* key : {"url", "top", "rule"})
    check("wire", key, [&](const std::string& text) {
      json::object event = a_wire_event(Kind::click);
      event[key] = text;
      return accepts_wire(event);
    });
  for (const char* key : {"role", "name"})
    check("belonging", key, [&](const std::string& text) {
      json::object belonging{{"role", "row"}, {"name", "x"}};
      belonging[key] = text;
      json::object event = a_wire_event(Kind::click);
      event["target"].as_object()["within"] = json::array{belonging};
      return accepts_wire(event);
    });
  check("change", "text", [&](const std::string& text) {
    json::object event = a_wire_event(Kind::effect);
    event["changes"].as_array()[0].as_object()["text"] = text;
    return accepts_wire(event);
  });
  check("value", "text", [&](const std::string& text) {
    json::object event = a_wire_event(Kind::input);
    event["value"].as_object()["text"] = text;
    return accepts_wire(event);
  });
  check("held", "url", [&](const std::string& text) {
    json::object event = a_held_event(Kind::click);
    event["url"] = text;
    return accepts_held(event);
  });
}

BOOST_AUTO_TEST_CASE(lists_are_taken_up_to_their_limit_and_not_above) {
  const json::value& options = properties_of("value").at("options");
  const auto with_options = [](std::int64_t count, std::int64_t length) {
    json::object event = a_wire_event(Kind::select);
    event["value"].as_object()["options"] =
        json::array(static_cast<std::size_t>(count), json::string(long_text(length)));
    return accepts_wire(event);
  };
  const std::int64_t most = options.at("maxItems").as_int64();
  const std::int64_t longest = options.at("items").at("maxLength").as_int64();
  BOOST_TEST(with_options(0, 1));
  BOOST_TEST(with_options(most, longest));
  BOOST_TEST(!with_options(most + 1, 1));
  BOOST_TEST(!with_options(1, longest + 1));

  const json::value& selectors = properties_of("target").at("selectors");
  const auto with_selectors = [](std::int64_t chains, std::int64_t hops, std::int64_t length) {
    json::object event = a_wire_event(Kind::click);
    const json::array chain(static_cast<std::size_t>(hops), json::string(long_text(length)));
    event["target"].as_object()["selectors"] = json::array(static_cast<std::size_t>(chains), chain);
    return accepts_wire(event);
  };
  const std::int64_t chains = selectors.at("maxItems").as_int64();
  const std::int64_t hops = selectors.at("items").at("maxItems").as_int64();
  const std::int64_t length = selectors.at("items").at("items").at("maxLength").as_int64();
  BOOST_TEST(with_selectors(0, 0, 0));
  BOOST_TEST(with_selectors(chains, hops, length));
  BOOST_TEST(!with_selectors(chains + 1, 1, 1));
  BOOST_TEST(!with_selectors(1, hops + 1, 1));
  BOOST_TEST(!with_selectors(1, 0, 1));
  BOOST_TEST(!with_selectors(1, 1, length + 1));
}

BOOST_AUTO_TEST_CASE(numbers_are_taken_in_their_range_and_not_outside) {
  for (const char* key : {"n", "tab", "cause"}) {
    const json::value& range = properties_of("common").at(key);
    const auto with = [&](std::int64_t number) {
      json::object event = a_wire_event(Kind::click);
      event[key] = number;
      return accepts_wire(event);
    };
    BOOST_TEST(with(range.at("minimum").as_int64()));
    BOOST_TEST(!with(range.at("minimum").as_int64() - 1));
    BOOST_TEST(with(range.at("maximum").as_int64()));
    BOOST_TEST(!with(range.at("maximum").as_int64() + 1));
  }
  const std::int64_t last = properties_of("held").at("seq").at("maximum").as_int64();
  json::object event = a_held_event(Kind::click);
  event["seq"] = last;
  BOOST_TEST(accepts_held(event));
  event["seq"] = last + 1;
  BOOST_TEST(!accepts_held(event));
  event["seq"] = -1;
  BOOST_TEST(!accepts_held(event));
}

// Takes every key away once, and adds one that is not in the list: what the schema requires is
// missed, what it does not is not, and nothing else is let in.
void check_keys(const json::object& whole, const json::array& required,
                const std::function<bool(const json::object&)>& accepts) {
  BOOST_TEST(accepts(whole));
  for (const auto& [key, ignored] : whole) {
    json::object less = whole;
    less.erase(key);
    const bool needed = std::find(required.begin(), required.end(), key) != required.end();
    BOOST_TEST(accepts(less) == !needed, "without " << key);
  }
  json::object more = whole;
  more["colour"] = "red";
  BOOST_TEST(!accepts(more));
}

BOOST_AUTO_TEST_CASE(what_it_requires_is_required_and_nothing_else_is_let_in) {
  json::object in_frame = a_wire_event(Kind::navigate);
  in_frame["top"] = "https://crm.example.com/";
  in_frame["rule"] = "#subject";
  json::array required = definitions().at("wire").at("required").as_array();
  required.push_back("navigation");
  in_frame["title"] = "Tickets";
  in_frame["cause"] = 3;
  check_keys(in_frame, required, accepts_wire);

  required = definitions().at("held").at("required").as_array();
  required.push_back("target");
  required.push_back("url");
  check_keys(a_held_event(Kind::click), required, accepts_held);

  json::object target = testing::a_target();
  for (const auto& [key, value] : testing::json_of(
           R"({"content":true,"label":"Save it","matches":[1,2],"point":[3,-4],"viewport":[800,600],
               "frames":[0,2],"within":[{"role":"row","name":"4711","content":true}]})"))
    target[key] = value;
  check_keys(target, definitions().at("target").at("required").as_array(),
             [](const json::object& altered) {
               json::object event = a_wire_event(Kind::click);
               event["target"] = altered;
               return accepts_wire(event);
             });

  const json::object value = testing::json_of(
      R"({"class":"text","disclosure":"shape","text":"a","options":["b"],"checked":true,"cut":true,
          "shape":{"length":"1-4","characters":["letters"],"lines":"one"}})");
  const auto with_value = [](const json::object& altered) {
    json::object event = a_wire_event(Kind::input);
    event["value"] = altered;
    return accepts_wire(event);
  };
  check_keys(value, definitions().at("value").at("required").as_array(), with_value);
  check_keys(value.at("shape").as_object(), definitions().at("shape").at("required").as_array(),
             [&](const json::object& altered) {
               json::object with_shape = value;
               with_shape["shape"] = altered;
               return with_value(with_shape);
             });
}

BOOST_AUTO_TEST_CASE(parts_of_an_act_take_what_they_require_and_nothing_else) {
  const auto part_of = [](Kind kind, const char* key) {
    return [kind, key](const json::object& altered) {
      json::object event = a_wire_event(kind);
      event[key] = altered;
      return accepts_wire(event);
    };
  };
  check_keys(testing::json_of(R"({"by":["typed","pasted"],"amount":"few","keys":["a","Enter"]})"),
             definitions().at("entry").at("required").as_array(), part_of(Kind::input, "entry"));
  check_keys(testing::json_of(R"({"number":2,"types":["image/png","text/csv"]})"),
             definitions().at("files").at("required").as_array(), part_of(Kind::file, "files"));
  check_keys(testing::json_of(R"({"what":"alert","text":"Saved"})"),
             definitions().at("change").at("required").as_array(), [](const json::object& altered) {
               json::object event = a_wire_event(Kind::effect);
               event["changes"] = json::array{altered};
               return accepts_wire(event);
             });
  check_keys(testing::json_of(R"({"role":"row","name":"4711","content":true})"),
             definitions().at("belonging").at("required").as_array(),
             [](const json::object& altered) {
               json::object event = a_wire_event(Kind::click);
               event["target"].as_object()["within"] = json::array{altered};
               return accepts_wire(event);
             });
}

BOOST_AUTO_TEST_CASE(outlines_are_cited_by_actions_and_told_by_events_of_their_own) {
  const std::string digest = R"("digest":"00112233445566778899aabbccddeeff")";
  const json::object cited = testing::json_of("{" + digest + R"(,"state":"stale","ref":"e12"})");
  const json::object told = testing::json_of(
      "{" + digest + R"(,"dialect":"d","frames":[0,3],"lines":["0\tbutton\te1"]})");
  const auto with = [](Kind kind, const json::object& outline) {
    json::object event = a_wire_event(kind);
    event["outline"] = outline;
    return accepts_wire(event);
  };
  for (const std::string_view word : Words<Kind>::list) {
    const Kind kind = *from_word<Kind>(word);
    BOOST_TEST(with(kind, cited) == a_wire_event(kind).contains("target"), word);
    BOOST_TEST(with(kind, told) == (kind == Kind::outline), word);
  }
  check_keys(cited, testing::json_of("{\"x\":[\"digest\",\"state\"]}").at("x").as_array(),
             [&](const json::object& altered) { return with(Kind::click, altered); });
  for (const char* ref : {"", "e", "12", "f1e2", "e12 ", "e123456789012"}) {
    json::object altered = cited;
    altered["ref"] = ref;
    BOOST_TEST(!with(Kind::click, altered), ref);
  }
}

BOOST_AUTO_TEST_CASE(every_key_of_the_schema_is_known_to_the_reader) {
  // The whole events of the tests above have every key there is.
  BOOST_TEST(properties_of("target").size() == 13U);
  BOOST_TEST(properties_of("value").size() == 7U);
  BOOST_TEST(properties_of("shape").size() == 3U);
  BOOST_TEST(properties_of("entry").size() == 3U);
  BOOST_TEST(properties_of("wire").size() == 24U);
  BOOST_TEST(properties_of("held").size() == 27U);
}

// The kinds for which a branch of the schema's `allOf` speaks; nullptr where it is about another
// key.
const json::value* kinds_of(const json::object& branch) {
  const json::value* kind = branch.at("if").at("properties").as_object().if_contains("kind");
  if (kind == nullptr) return nullptr;
  const json::value* list = kind->as_object().if_contains("enum");
  return list != nullptr ? list : kind->as_object().if_contains("const");
}

bool speaks_of(const json::value& kinds, std::string_view kind) {
  if (kinds.is_string()) return kinds.as_string() == kind;
  return std::any_of(kinds.as_array().begin(), kinds.as_array().end(),
                     [&](const json::value& each) { return each.as_string() == kind; });
}

BOOST_AUTO_TEST_CASE(every_kind_bears_what_the_schema_says) {
  const json::object samples = testing::json_of(
      R"({"target":{"role":"button","name":"Save","tag":"button","selectors":[],"box":[0,0,1,1]},
          "onto":{"role":"button","name":"Save","tag":"button","selectors":[],"box":[0,0,1,1]},
          "value":{"class":"text","disclosure":"withheld"},"navigation":"hash","title":"Tickets",
          "entry":{"by":["typed"]},"files":{"number":0,"types":[]},"key":"F2","modifiers":["shift"],
          "button":"middle","scroll":[0,1],"size":"0","changes":[{"what":"nothing"}]})");
  for (const std::string_view word : Words<Kind>::list) {
    const Kind kind = *from_word<Kind>(word);
    std::set<std::string> required;
    std::set<std::string> refused;
    for (const json::value& branch : definitions().at("act").at("allOf").as_array()) {
      const json::value* kinds = kinds_of(branch.as_object());
      if (kinds == nullptr) continue;
      const json::value* said =
          branch.as_object().if_contains(speaks_of(*kinds, word) ? "then" : "else");
      if (said == nullptr) continue;
      if (const json::value* list = said->as_object().if_contains("required"))
        for (const json::value& key : list->as_array()) required.emplace(key.as_string());
      if (const json::value* none = said->as_object().if_contains("properties"))
        for (const auto& [key, ignored] : none->as_object()) refused.emplace(key);
    }
    const json::object whole = a_wire_event(kind);
    BOOST_TEST(accepts_wire(whole), word);
    BOOST_TEST(accepts_held(a_held_event(kind)), word);
    for (const auto& [key, sample] : samples) {
      json::object with = whole;
      with[key] = sample;
      BOOST_TEST(accepts_wire(with) == !refused.contains(key), word << " with " << key);
      json::object without = whole;
      without.erase(key);
      BOOST_TEST(accepts_wire(without) == !required.contains(key), word << " without " << key);
    }
  }
}

BOOST_AUTO_TEST_CASE(keys_are_those_of_the_list) {
  const auto with = [](std::string_view key, json::array modifiers) {
    json::object event = a_wire_event(Kind::key);
    event["key"] = key;
    event["modifiers"] = std::move(modifiers);
    return accepts_wire(event);
  };
  for (const char* key : {"Enter", "Escape", "Tab", "ArrowUp", "F1", "F12", "F24"}) {
    BOOST_TEST(with(key, {}), key);
    BOOST_TEST(with(key, {"shift", "alt"}), key);
  }
  for (const char* key : {"a", "\xC3\xA4", "Home", "PageDown", "Backspace"}) {
    BOOST_TEST(with(key, {"control"}), key);
    BOOST_TEST(!with(key, {}), key);
    BOOST_TEST(!with(key, {"shift"}), key);
  }
  for (const char* key : {"F0", "F25", "F1x", "ab", "", "Dead", "CapsLock"})
    BOOST_TEST(!with(key, {"control"}), key);
}

BOOST_AUTO_TEST_CASE(words_of_shapes_are_those_of_the_reader) {
  const auto with = [](const char* key, const json::value& word) {
    json::object event = a_wire_event(Kind::input);
    json::object shape =
        testing::json_of(R"({"length":"1-4","characters":["letters"],"lines":"one"})");
    shape[key] = word;
    event["value"] = json::object{{"class", "text"}, {"disclosure", "shape"}, {"shape", shape}};
    return accepts_wire(event);
  };
  for (const json::value& word : properties_of("shape").at("length").at("enum").as_array())
    BOOST_TEST(with("length", word), word);
  for (const json::value& word : properties_of("shape").at("lines").at("enum").as_array())
    BOOST_TEST(with("lines", word), word);
  const json::array& characters =
      properties_of("shape").at("characters").at("items").at("enum").as_array();
  BOOST_TEST(with("characters", characters));
  BOOST_TEST(with("characters", json::array{}));
  BOOST_TEST(!with("length", "2"));
  BOOST_TEST(!with("lines", "three"));
  BOOST_TEST(!with("characters", json::array{"runes"}));
  BOOST_TEST(!with("characters", json::array{"letters", "letters"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::model
