// Batches and held lines to events: each event is judged alone, and what cannot be read at all is
// refused as a whole.
#include "model/event_reader.hpp"

#include <boost/test/unit_test.hpp>

#include "temporary_folder.hpp"
#include "told.hpp"
#include "wire.hpp"

namespace fieldnote::model {
namespace {

namespace json = boost::json;
using testing::a_wire_event;
using testing::batch_of;
using testing::contains;
using testing::Told;

std::string text_of(Kind kind) {
  return json::serialize(a_wire_event(kind));
}

// `text` with the first `from` replaced.
std::string altered(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  BOOST_TEST_REQUIRE(at != std::string::npos, from << " is not in " << text);
  return text.replace(at, from.size(), to);
}

// One event between two good ones: it is refused for this reason, and they are kept.
void check_refused(std::string_view event, Refusal why) {
  EventReader reader;
  Told told;
  const std::string good = text_of(Kind::click);
  const auto read = reader.read_batch(
      batch_of(3, '[' + good + ',' + std::string(event) + ',' + good + ']'), told);
  BOOST_TEST_CONTEXT(event) {
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST(*read == 3U);
    BOOST_TEST_REQUIRE(told.order == "ere");
    BOOST_TEST(word(told.refused.front()) == word(why));
    BOOST_TEST(told.lines.front() == told.lines.back());
  }
}

void check_unreadable(std::string_view frame, ReadError why = ReadError::unreadable) {
  EventReader reader;
  Told told;
  const auto read = reader.read_batch(frame, told);
  BOOST_TEST_CONTEXT(frame.substr(0, 300)) {
    BOOST_TEST_REQUIRE(read.has_error());
    BOOST_TEST(read.error().code == make_error_code(why));
    BOOST_TEST(!read.error().sentence.empty());
  }
}

BOOST_AUTO_TEST_SUITE(event_reader)

BOOST_AUTO_TEST_CASE(good_events_of_each_kind_are_kept_in_order) {
  json::array events;
  for (const std::string_view kind : Words<Kind>::list)
    events.push_back(a_wire_event(*from_word<Kind>(kind)));
  EventReader reader;
  Told told;
  BOOST_TEST(reader.read_batch(batch_of(42, events), told).value() == 42U);
  BOOST_TEST_REQUIRE(told.order == std::string(Words<Kind>::list.size(), 'e'));
  for (std::size_t i = 0; i < told.lines.size(); ++i)
    BOOST_TEST(told.lines[i].starts_with(R"({"kind":")" + std::string(Words<Kind>::list[i])));
  BOOST_TEST(
      told.lines[static_cast<std::size_t>(Kind::input)] ==
      R"({"kind":"input","stream":"0123456789abcdef0123456789abcdef","seq":0,"scope":"01234567",)"
      R"("document":"00112233445566ff","n":0,"tab":1,"frame":0,"app":"app",)"
      R"("url":"https://crm.example.com/tickets","target":{"role":"button","name":"Save",)"
      R"("tag":"button","type":"submit","selectors":[["aria/Save"],["#host","button.save"]],)"
      R"("box":[10,-20,300,40]},"value":{"class":"text","disclosure":"placeholder",)"
      R"("text":"hello there"}})");
}

BOOST_AUTO_TEST_CASE(an_empty_batch_is_a_batch) {
  EventReader reader;
  Told told;
  BOOST_TEST(reader.read_batch(batch_of(1, "[]"), told).value() == 1U);
  BOOST_TEST(told.order.empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_kind_is_named_as_such_whatever_comes_with_it) {
  check_refused(R"({"kind":"fly"})", Refusal::unknown_kind);
  check_refused(altered(text_of(Kind::click), "click", "fly"), Refusal::unknown_kind);
  check_refused(R"({"from":{"kind":"click"},"kind":"fly","to":[1,2]})", Refusal::unknown_kind);
  check_refused(R"({"n":"one","kind":"fly"})", Refusal::unknown_kind);
  // A kind deeper inside is no kind.
  check_refused(R"({"strange":{"kind":"fly"},"kind":"click"})", Refusal::schema);
}

BOOST_AUTO_TEST_CASE(an_unknown_key_costs_its_event_at_each_level) {
  for (const char* opening : {"{", R"("target":{)", R"("value":{)"})
    check_refused(
        altered(text_of(Kind::input), opening, std::string(opening) + R"("colour":{"a":[1]},)"),
        Refusal::schema);
  // What is only held is unknown on the wire, and the other way round.
  check_refused(altered(text_of(Kind::click), "{", R"({"app":"crm",)"), Refusal::schema);
  check_refused(altered(text_of(Kind::click), "{", R"({"stream":"s",)"), Refusal::schema);
}

BOOST_AUTO_TEST_CASE(a_double_key_costs_its_event_at_each_level) {
  check_refused(altered(text_of(Kind::click), R"("n":0)", R"("n":0,"n":0)"),
                Refusal::duplicate_key);
  check_refused(altered(text_of(Kind::click), R"("tag":)", R"("name":"x","tag":)"),
                Refusal::duplicate_key);
  check_refused(altered(text_of(Kind::click), R"("target":)", R"("target":{},"target":)"),
                Refusal::duplicate_key);
  check_refused(
      text_of(Kind::click).insert(1, R"("target":)" + json::serialize(testing::a_target()) + ','),
      Refusal::duplicate_key);
  check_refused(altered(text_of(Kind::input), R"("class":)", R"("disclosure":"clear","class":)"),
                Refusal::duplicate_key);
  const std::string shape =
      R"("shape":{"length":"0","length":"0","characters":[],"lines":"one"},"class":)";
  check_refused(altered(text_of(Kind::input), R"("class":)", shape), Refusal::duplicate_key);
  // An escape does not make it another key.
  check_refused(altered(text_of(Kind::click), R"("n":0)", R"("n":0,"\u006e":0)"),
                Refusal::duplicate_key);
}

BOOST_AUTO_TEST_CASE(a_double_key_outside_events_costs_the_batch) {
  check_unreadable(R"({"type":"batch","seq":1,"seq":1,"events":[]})");
  check_unreadable(R"({"type":"batch","seq":1,"events":[],"events":[]})");
  check_unreadable(R"({"type":"batch","seq":1,"type":"batch","events":[]})");
  check_unreadable(R"({"type":"batch","seq":1,"lost":{},"lost":{},"events":[]})");
  check_unreadable(batch_of(1, "[]", R"({"outbox_full":1,"outbox_full":2})"));
}

BOOST_AUTO_TEST_CASE(a_wrong_type_costs_its_event) {
  for (const char* key : {"kind", "document", "n", "tab", "frame", "url", "target"})
    for (const char* wrong :
         {"null", "true", "1.5", "[]", "[[]]", "{}", R"({"a":{}})", "18446744073709551615"}) {
      json::object event = a_wire_event(Kind::click);
      event[key] = json::parse(wrong);
      check_refused(json::serialize(event), Refusal::schema);
    }
  for (const char* key : {"kind", "document", "url", "target"}) {
    json::object event = a_wire_event(Kind::click);
    event[key] = 7;
    check_refused(json::serialize(event), Refusal::schema);
  }
  for (const char* wrong : {R"("1")", R"("")"})
    for (const char* key : {"n", "tab", "frame"}) {
      json::object event = a_wire_event(Kind::click);
      event[key] = json::parse(wrong);
      check_refused(json::serialize(event), Refusal::schema);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_type_inside_target_and_value_costs_the_event) {
  const auto check = [](Kind kind, const char* part, const char* key, const char* wrong) {
    json::object event = a_wire_event(kind);
    event[part].as_object()[key] = json::parse(wrong);
    check_refused(json::serialize(event), Refusal::schema);
  };
  for (const char* wrong : {"null", "0", "true", "[]", "{}"}) {
    check(Kind::click, "target", "role", wrong);
    check(Kind::click, "target", "type", wrong);
    check(Kind::input, "value", "class", wrong);
    check(Kind::input, "value", "text", wrong);
  }
  for (const char* wrong : {"null", "0", "true", R"("x")", "{}", R"(["x"])", "[[1]]", "[[]]",
                            R"([["x",["y"]]])", R"([{"x":1}])"})
    check(Kind::click, "target", "selectors", wrong);
  for (const char* wrong : {"null", "0", R"("x")", "{}", "[]", "[1,2,3]", "[1,2,3,4,5]",
                            "[1,2,3,4.5]", R"([1,2,3,"4"])", "[1,2,3,[4]]", "[1,2,3,null]",
                            "[1,2,3,2147483648]", "[1,2,3,-2147483649]"})
    check(Kind::click, "target", "box", wrong);
  for (const char* wrong : {"null", "0", R"("x")", "{}", "[1]", "[null]", R"([["x"]])"})
    check(Kind::select, "value", "options", wrong);
  for (const char* wrong : {"null", "0", R"("true")", "[]"})
    check(Kind::check, "value", "checked", wrong);
  // Only ever true.
  check(Kind::input, "value", "cut", "false");
  check(Kind::click, "target", "content", "false");
}

BOOST_AUTO_TEST_CASE(what_is_no_object_among_the_events_is_an_event_refused) {
  for (const char* event : {"null", "true", "0", "-1", "1.5", R"("click")", "[]", R"(["kind"])",
                            R"([[[{"kind":"fly"}]]])", "{}", "18446744073709551615"})
    check_refused(event, Refusal::schema);
}

BOOST_AUTO_TEST_CASE(numbers_reach_where_browsers_do) {
  json::object event = a_wire_event(Kind::click);
  event["frame"] = std::int64_t{8589934593};
  event["n"] = std::int64_t{4294967295};
  EventReader reader;
  Told told;
  BOOST_TEST(reader.read_batch(batch_of(9007199254740991, json::array{event}), told).value() ==
             9007199254740991U);
  BOOST_TEST_REQUIRE(told.order == "e");
  BOOST_TEST(contains(told.lines[0], R"("n":4294967295,"tab":1,"frame":8589934593,)"));
  event["frame"] = -1;
  check_refused(json::serialize(event), Refusal::schema);
}

BOOST_AUTO_TEST_CASE(ids_are_lower_case_hex_of_their_length) {
  for (const char* id :
       {"", "00112233445566f", "00112233445566ff0", "00112233445566FF", "00112233445566fg"}) {
    json::object event = a_wire_event(Kind::click);
    event["document"] = id;
    check_refused(json::serialize(event), Refusal::schema);
  }
}

BOOST_AUTO_TEST_CASE(escapes_and_texts_in_parts_are_whole) {
  // Longer than the parser's own buffer, escapes before, in and behind it.
  std::string text;
  std::string escaped;
  for (int i = 0; i < 1500; ++i) {
    text += "\"line\"\n\xE2\x82\xAC\\\x01";
    escaped += R"(\"line\"\n\u20ac\\\u0001)";
  }
  std::string event = altered(text_of(Kind::input), "hello there", escaped);
  event = altered(std::move(event), R"("name")", R"("\u006ea\u006de")");
  EventReader reader;
  Told told;
  BOOST_TEST_REQUIRE(reader.read_batch(batch_of(1, '[' + event + ']'), told).has_value());
  BOOST_TEST_REQUIRE(told.order == "e");
  EventReader held;
  const auto read = held.read_held(told.lines.front());
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST(((*read)->value.text == text));
  BOOST_TEST((*read)->target.name == "Save");
}

BOOST_AUTO_TEST_CASE(a_lone_surrogate_is_unreadable) {
  for (const char* text : {R"(half \ud83d)", R"(\ude00 half)", R"(\ud83d\ud83d)", R"(\ud83dx)"})
    check_unreadable(batch_of(1, '[' + altered(text_of(Kind::input), "hello there", text) + ']'));
  EventReader reader;
  Told told;
  const std::string whole = altered(text_of(Kind::input), "hello there", R"(\ud83d\ude00)");
  BOOST_TEST_REQUIRE(reader.read_batch(batch_of(1, '[' + whole + ']'), told).has_value());
  BOOST_TEST(contains(told.lines.front(), "\xF0\x9F\x98\x80"));
}

BOOST_AUTO_TEST_CASE(bad_utf_8_is_unreadable) {
  for (const char* bytes :
       {"\xFF", "\xC0\xAF", "\xED\xA0\xBD", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"})
    check_unreadable(batch_of(1, '[' + altered(text_of(Kind::input), "hello there", bytes) + ']'));
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_unreadable) {
  const std::string good = batch_of(1, '[' + text_of(Kind::click) + ']');
  for (std::size_t size = 0; size < good.size(); ++size)
    check_unreadable(std::string_view(good).substr(0, size));
  check_unreadable(good + "x");
  check_unreadable(good + good);
  check_unreadable(R"({"type":"batch","seq":1,"events":[],})");
  check_unreadable(R"({"type":"batch","seq":1,"events":[/**/]})");
  check_unreadable(R"({"type":"batch","seq":01,"events":[]})");
  check_unreadable("{\"type\":\"batch\",\"seq\":1,\"events\":[\"a\nb\"]}");
  check_unreadable("\xEF\xBB\xBF" + good);
}

BOOST_AUTO_TEST_CASE(strange_things_outside_events_cost_the_batch) {
  check_unreadable(R"({"type":"batch","seq":1,"events":[],"note":"x"})");
  for (const char* seq :
       {"0", "-1", "1.5", R"("1")", "null", "9007199254740992", "18446744073709551615"})
    check_unreadable(R"({"type":"batch","seq":)" + std::string(seq) + R"(,"events":[]})");
  for (const char* events : {"{}", "null", "1", R"("x")"}) check_unreadable(batch_of(1, events));
  check_unreadable("[]");
  check_unreadable("7");
  check_unreadable(R"("batch")");
  check_unreadable("{}", ReadError::not_a_batch);
  check_unreadable(R"({"type":"bitch","seq":1,"events":[]})", ReadError::not_a_batch);
  check_unreadable(R"({"type":"batch","seq":1})", ReadError::not_a_batch);
  check_unreadable(R"({"type":"batch","events":[]})", ReadError::not_a_batch);
}

BOOST_AUTO_TEST_CASE(depth_bombs_go_off_outside) {
  for (const char* open : {"[", R"({"a":)"}) {
    std::string bomb;
    for (int i = 0; i < 100'000; ++i) bomb += open;
    check_unreadable(bomb);
    check_unreadable(R"({"type":"batch","seq":1,"events":[)" + bomb);
    check_unreadable(R"({"type":"batch","seq":1,"events":[{"target":)" + bomb);
  }
  // As deep as the parser goes: a fault of its event alone.
  check_refused(R"({"a":)" + std::string(28, '[') + std::string(28, ']') + '}', Refusal::schema);
}

BOOST_AUTO_TEST_CASE(a_thousand_events_are_a_batch_and_one_more_is_not) {
  const auto many = [](std::size_t count, const std::string& event) {
    std::string events = "[";
    for (std::size_t i = 0; i < count; ++i) events += (i == 0 ? "" : ",") + event;
    return batch_of(1, events + ']');
  };
  EventReader reader;
  Told told;
  BOOST_TEST(reader.read_batch(many(max_batch_events, text_of(Kind::click)), told).has_value());
  BOOST_TEST(told.lines.size() == max_batch_events);
  for (const std::string& event : {text_of(Kind::click), std::string("1"), std::string("[]")})
    check_unreadable(many(max_batch_events + 1, event));
}

BOOST_AUTO_TEST_CASE(what_was_lost_is_counted_by_reason) {
  EventReader reader;
  Told told;
  BOOST_TEST(reader.read_batch(batch_of(1, "[]", R"({"outbox_full":3,"document_gap":12})"), told)
                 .value() == 1U);
  BOOST_TEST((told.lost ==
              std::map<std::string, std::uint64_t>{{"outbox_full", 3}, {"document_gap", 12}}));
  for (const char* lost :
       {R"({"a":0})", R"({"a":-1})", R"({"a":1.5})", R"({"a":"1"})", R"({"a":null})",
        R"({"a":true})", R"({"a":{}})", R"({"a":[]})", R"({"":1})", R"({"A":1})", R"({"a b":1})",
        R"({"alice@crm.example":1})", R"({"a1":1})", "[]", "1", "null",
        R"({"abcdefghijabcdefghijabcdefghijabcdefghijk":1})"})
    check_unreadable(batch_of(1, "[]", lost));
}

BOOST_AUTO_TEST_CASE(a_reader_leaves_nothing_over_from_the_event_before) {
  // Everything optional is there first and not there then, within a batch and across batches.
  json::object rich = a_wire_event(Kind::input);
  rich["top"] = "https://crm.example.com/";
  rich["rule"] = "#subject";
  rich["target"].as_object()["content"] = true;
  rich["value"] = testing::json_of(
      R"({"class":"text","disclosure":"clear","text":"canary","options":["canary"],"checked":true,
          "cut":true,"shape":{"length":"0","characters":["digits"],"lines":"one"}})");
  json::object bare = a_wire_event(Kind::input);
  bare["target"].as_object().erase("type");
  bare["target"].as_object()["selectors"] = json::array{};
  bare["value"] = testing::json_of(R"({"class":"text","disclosure":"withheld"})");
  const json::array plain{bare, a_wire_event(Kind::navigate), a_wire_event(Kind::click)};
  json::array after_rich;
  for (const json::value& event : plain) {
    after_rich.push_back(rich);
    after_rich.push_back(event);
  }
  // An event that is refused half way leaves nothing either.
  json::object broken = rich;
  broken["zzz"] = 1;
  after_rich.insert(after_rich.begin() + 1, broken);

  Told alone;
  BOOST_TEST_REQUIRE(EventReader().read_batch(batch_of(1, plain), alone).has_value());
  EventReader reader;
  Told mixed;
  BOOST_TEST_REQUIRE(reader.read_batch(batch_of(1, after_rich), mixed).has_value());
  BOOST_TEST_REQUIRE(mixed.order == "ereeeee");
  for (std::size_t i = 0; i < plain.size(); ++i)
    BOOST_TEST(mixed.lines[2 * i + 1] == alone.lines[i]);
  Told unreadable;
  BOOST_TEST(reader.read_batch(batch_of(1, '[' + json::serialize(rich) + ",\"canary"), unreadable)
                 .has_error());
  Told again;
  BOOST_TEST_REQUIRE(reader.read_batch(batch_of(1, plain), again).has_value());
  BOOST_TEST(again.lines == alone.lines, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_faulty_event_does_not_hide_the_next) {
  EventReader reader;
  Told told;
  const std::string events = R"([[{"x":[1]}],{"kind":"fly"},)" + text_of(Kind::click) +
                             R"(,{"kind":"click","kind":"click"},7,)" + text_of(Kind::check) + ']';
  BOOST_TEST_REQUIRE(reader.read_batch(batch_of(1, events), told).has_value());
  BOOST_TEST(told.order == "rrerre");
  BOOST_TEST((told.refused == std::vector<Refusal>{Refusal::schema, Refusal::unknown_kind,
                                                   Refusal::duplicate_key, Refusal::schema}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(batch_numbers)

BOOST_AUTO_TEST_CASE(the_number_is_read_where_the_rest_cannot_be) {
  BOOST_TEST((batch_number(R"({"type":"batch","seq":17,"events":[{"half)") == 17U));
  BOOST_TEST((batch_number(R"({"type":"batch","seq":9007199254740991,)") == 9007199254740991U));
  for (const char* frame :
       {"", R"({"type":"batch","seq":)", R"({"type":"batch","seq":17)",
        R"({"type":"batch","seq":,)", R"({"type":"batch","seq":0,)", R"({"type":"batch","seq":-1,)",
        R"({"type":"batch","seq":1.5,)", R"({"type":"batch","seq": 1,)",
        R"({"seq":1,"type":"batch",)", R"( {"type":"batch","seq":1,)",
        R"({"type":"batch","seq":9007199254740992,)",
        R"({"type":"batch","seq":18446744073709551617,)"})
    BOOST_TEST(!batch_number(frame).has_value(), frame);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(held_lines)

BOOST_AUTO_TEST_CASE(written_and_read_and_written_they_are_equal_bytes) {
  json::array events;
  for (const std::string_view kind : Words<Kind>::list)
    events.push_back(a_wire_event(*from_word<Kind>(kind)));
  json::object strange = a_wire_event(Kind::input);
  strange["frame"] = std::int64_t{8589934593};
  strange["target"].as_object()["name"] = "\"\\/\b\f\n\r\t\x01\x7F \xE2\x80\xA8 \xF0\x9F\x98\x80";
  strange["target"].as_object()["content"] = true;
  strange["value"] = testing::json_of(
      R"({"class":"number","disclosure":"shape",
          "shape":{"length":"5-8","characters":["digits","other"],"lines":"many"}})");
  events.push_back(strange);
  strange["value"] =
      testing::json_of(R"({"class":"text","disclosure":"clear","text":"","cut":true})");
  strange["target"].as_object()["selectors"] = json::array{};
  events.push_back(strange);
  strange["value"] = testing::json_of(R"({"class":"choice","disclosure":"clear","options":[]})");
  events.push_back(strange);
  Told told;
  BOOST_TEST_REQUIRE(EventReader().read_batch(batch_of(5, events), told).has_value());
  BOOST_TEST_REQUIRE(told.lines.size() == events.size());
  EventReader reader;
  for (const std::string& line : told.lines) {
    const auto event = reader.read_held(line);
    BOOST_TEST_REQUIRE(event.has_value(), line);
    std::string again;
    append_held(again, **event);
    BOOST_TEST(again == line);
    BOOST_TEST(!contains(line, "\n"));
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_event_line_is_refused_with_a_sentence) {
  Told told;
  BOOST_TEST_REQUIRE(EventReader()
                         .read_batch(batch_of(5, json::array{a_wire_event(Kind::click)}), told)
                         .has_value());
  const std::string& good = told.lines.front();
  EventReader reader;
  const auto check = [&](const std::string& line, ReadError why) {
    const auto event = reader.read_held(line);
    BOOST_TEST_REQUIRE(event.has_error(), line);
    BOOST_TEST(event.error().code == make_error_code(why));
    BOOST_TEST_REQUIRE(reader.read_held(good).has_value());
  };
  for (const char* line : {"", "null", "7", "[]", "\"x\"", "{", "{}{}"})
    check(line, ReadError::unreadable);
  for (const char* line : {"{}", R"({"kind":"ledger"})", R"({"kind":"click"})"})
    check(line, ReadError::not_an_event);
  check(good + good, ReadError::unreadable);
  check(good + "{}", ReadError::unreadable);
  check(altered(good, R"("app")", R"("rule":"x","app")"), ReadError::not_an_event);
  check(altered(good, R"("n":0)", R"("n":0,"n":0)"), ReadError::not_an_event);
  check(altered(good, "01234567\"", "0123456\""), ReadError::not_an_event);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::model
