// Events made fit to be held: the page's side is assumed to be wrong, and nothing that was masked
// turns up elsewhere.
#include "redact/redactor.hpp"

#include <boost/test/unit_test.hpp>

#include "model/event_reader.hpp"
#include "model/event_writer.hpp"
#include "policy_fixture.hpp"
#include "wire.hpp"

namespace fieldnote::redact {
namespace {

namespace json = boost::json;
using model::Disclosure;
using model::Kind;
using testing::a_wire_event;
using testing::contains;
using testing::json_of;

policy::Team a_team() {
  policy::Team team;
  team.fields = {{"#subject", Disclosure::clear},
                 {"#salary", Disclosure::withheld},
                 {"#shape", Disclosure::shape}};
  return team;
}

// Reads wire events, redacts them, and keeps the held lines.
class Bench : public model::BatchSink {
 public:
  void on_event(model::Event& event) override {
    redactor.redact(event, team, arena_, counts);
    event.stream = testing::a_stream;
    event.app = "crm";
    model::append_held(lines.emplace_back(), event);
    // What leaves can be read again: no limit was passed by masking.
    BOOST_TEST_REQUIRE(held_.read_held(lines.back()).has_value(), lines.back());
  }
  void on_refused(model::Refusal why) override { BOOST_TEST(false, model::word(why)); }
  void on_lost(std::string_view, std::uint64_t) override {}

  // The held form of one event.
  json::object redact(const json::object& event) {
    const std::string frame = testing::batch_of(1, json::array{event});
    BOOST_TEST_REQUIRE(reader_.read_batch(frame, *this).has_value());
    return json_of(lines.back());
  }
  json::object value(const json::object& value, std::string_view rule = "") {
    json::object event = a_wire_event(Kind::input);
    event["value"] = value;
    if (!rule.empty()) event["rule"] = rule;
    return redact(event).at("value").as_object();
  }
  json::object value(std::string_view text, std::string_view rule = "") {
    return value(json_of(text), rule);
  }
  // Has this text masked.
  void mask(std::string_view text) {
    value(json::object{{"class", "text"}, {"disclosure", "placeholder"}, {"text", text}});
  }

  Redactor redactor;
  policy::Team team = a_team();
  Counts counts;
  std::vector<std::string> lines;

 private:
  model::EventReader reader_;
  model::EventReader held_;
  model::Arena arena_;
};

const json::object a_shape = json_of(R"({"length":"5-8","characters":["letters"],"lines":"one"})");

// A value that tells everything there is.
json::object everything(std::string_view field_class, std::string_view disclosure) {
  return {{"class", field_class}, {"disclosure", disclosure},
          {"text", "canary"},     {"options", json::array{"canary"}},
          {"checked", true},      {"shape", a_shape},
          {"cut", true}};
}

BOOST_FIXTURE_TEST_SUITE(redactor, Bench)

BOOST_AUTO_TEST_CASE(secrets_are_withheld_whatever_the_page_and_the_rules_say) {
  for (const char* secret : {"password", "one_time_code", "payment_card", "hidden", "file"})
    for (const char* rule : {"", "#subject"}) {
      BOOST_TEST(value(everything(secret, "clear"), rule) ==
                 (json::object{{"class", secret}, {"disclosure", "withheld"}}));
      BOOST_TEST(!contains(lines.back(), "canary"));
    }
  BOOST_TEST(counts["corrected_password"] == 2U);
  BOOST_TEST(counts["withheld_password"] == 2U);
}

BOOST_AUTO_TEST_CASE(each_disclosure_bears_what_it_may_and_no_more) {
  BOOST_TEST(value(everything("text", "withheld")) ==
             json_of(R"({"class":"text","disclosure":"withheld"})"));
  BOOST_TEST(value(everything("text", "shape")) ==
             (json::object{{"class", "text"}, {"disclosure", "shape"}, {"shape", a_shape}}));
  json::object in_clear = everything("text", "clear");
  in_clear.erase("shape");
  BOOST_TEST(value(everything("text", "clear"), "#subject") == in_clear);
  json::object chosen = everything("choice", "clear");
  for (const char* key : {"shape", "text", "cut"}) chosen.erase(key);
  BOOST_TEST(value(everything("choice", "clear")) == chosen);
  BOOST_TEST(value(everything("text", "placeholder")) ==
             json_of(R"({"class":"text","disclosure":"placeholder","text":"<TEXT_1>"})"));
}

BOOST_AUTO_TEST_CASE(what_is_lacking_lowers_to_withheld) {
  BOOST_TEST(value(R"({"class":"text","disclosure":"shape","text":"canary"})") ==
             json_of(R"({"class":"text","disclosure":"withheld"})"));
  BOOST_TEST(value(R"({"class":"text","disclosure":"placeholder","options":["canary"]})") ==
             json_of(R"({"class":"text","disclosure":"withheld"})"));
  // A date may show its shape; where none came, its text does not stand in.
  BOOST_TEST(value(R"({"class":"date","disclosure":"clear","text":"2026-11-24"})") ==
             json_of(R"({"class":"date","disclosure":"withheld"})"));
}

BOOST_AUTO_TEST_CASE(a_page_that_tells_too_much_is_corrected_and_counted) {
  BOOST_TEST(value(R"({"class":"email","disclosure":"clear","text":"alice@crm.example"})") ==
             json_of(R"({"class":"email","disclosure":"placeholder","text":"<EMAIL_1>"})"));
  BOOST_TEST(counts["corrected_email"] == 1U);
  BOOST_TEST(counts["placeholder_email"] == 1U);
  team.values = Disclosure::withheld;
  BOOST_TEST(value(R"({"class":"email","disclosure":"placeholder","text":"alice@crm.example"})") ==
             json_of(R"({"class":"email","disclosure":"withheld"})"));
  BOOST_TEST(counts["corrected_email"] == 2U);
  BOOST_TEST(counts["withheld_email"] == 1U);
}

BOOST_AUTO_TEST_CASE(a_page_that_misjudges_a_field_is_corrected_by_what_is_said_of_it) {
  const auto held = [&](const char* name, const char* type, const char* told) {
    json::object event = a_wire_event(Kind::input);
    event["target"].as_object()["name"] = name;
    event["target"].as_object()["tag"] = "input";
    event["target"].as_object()["type"] = type;
    event["value"] = json_of(told);
    return redact(event).at("value").as_object();
  };
  const char* text = R"({"class":"text","disclosure":"placeholder","text":"canary"})";
  BOOST_TEST(held("Neues Passwort", "text", text) ==
             json_of(R"({"class":"password","disclosure":"withheld"})"));
  BOOST_TEST(held("Subject", "password", text) ==
             json_of(R"({"class":"password","disclosure":"withheld"})"));
  BOOST_TEST(counts["corrected_password"] == 2U);
  BOOST_TEST(held("Date of birth", "text", text) ==
             json_of(R"({"class":"birth_date","disclosure":"withheld"})"));
  // The same disclosure by a better name is no correction.
  BOOST_TEST(held("Nachname", "text", text) ==
             json_of(R"({"class":"name","disclosure":"placeholder","text":"<NAME_1>"})"));
  BOOST_TEST(counts.count("corrected_name") == 0U);
  // What the page saw more of stays as strict as the page says.
  BOOST_TEST(held("Subject", "text", R"({"class":"password","disclosure":"withheld"})") ==
             json_of(R"({"class":"password","disclosure":"withheld"})"));
  BOOST_TEST(held("Nachname", "text", R"({"class":"phone","disclosure":"placeholder","text":"7"})")
                 .at("class") == "phone");
}

BOOST_AUTO_TEST_CASE(how_long_a_secret_is_is_not_told_either) {
  json::object event = a_wire_event(Kind::input);
  event["target"].as_object()["name"] = "Passwort";
  event["target"].as_object()["tag"] = "input";
  event["value"] = json_of(R"({"class":"text","disclosure":"placeholder","text":"canary"})");
  event["entry"] = json_of(R"({"by":["typed"],"amount":"many"})");
  BOOST_TEST(redact(event).at("entry") == json_of(R"({"by":["typed"]})"));
  json::object paste = a_wire_event(Kind::paste);
  paste["target"] = event.at("target");
  BOOST_TEST(redact(paste).at("size") == "0");
  paste["target"].as_object()["name"] = "Subject";
  BOOST_TEST(redact(paste).at("size") != "0");
}

BOOST_AUTO_TEST_CASE(no_rule_tells_a_name_that_the_page_took_for_a_text) {
  json::object event = a_wire_event(Kind::input);
  event["target"].as_object()["name"] = "Surname";
  event["target"].as_object()["tag"] = "input";
  event["rule"] = "#subject";
  event["value"] = json_of(R"({"class":"text","disclosure":"clear","text":"Canary"})");
  BOOST_TEST(redact(event).at("value") ==
             json_of(R"({"class":"name","disclosure":"placeholder","text":"<NAME_1>"})"));
  BOOST_TEST(counts["corrected_name"] == 1U);
}

BOOST_AUTO_TEST_CASE(the_shape_of_one_answer_of_a_few_is_the_answer) {
  json::object event = a_wire_event(Kind::select);
  event["target"].as_object()["tag"] = "select";
  event["target"].as_object()["name"] = "Gender";
  event["value"] = json_of(
      R"({"class":"personal_status","disclosure":"shape","shape":{"length":"1-4","characters":["letters"],"lines":"one"}})");
  BOOST_TEST(redact(event).at("value") ==
             json_of(R"({"class":"personal_status","disclosure":"withheld"})"));
  event["value"] = json_of(R"({"class":"choice","disclosure":"clear","options":["female"]})");
  BOOST_TEST(redact(event).at("value") ==
             json_of(R"({"class":"personal_status","disclosure":"withheld"})"));
}

BOOST_AUTO_TEST_CASE(what_the_page_withheld_stays_withheld_without_a_correction) {
  BOOST_TEST(value(R"({"class":"text","disclosure":"withheld"})", "#subject") ==
             json_of(R"({"class":"text","disclosure":"withheld"})"));
  BOOST_TEST((counts == Counts{{"withheld_text", 1}}));
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_in_the_policy_decides) {
  const char* clear = R"({"class":"text","disclosure":"clear","text":"Refund"})";
  BOOST_TEST(value(clear, "#subject") == json_of(clear));
  BOOST_TEST(counts.empty());
  BOOST_TEST(value(clear, "#salary") == json_of(R"({"class":"text","disclosure":"withheld"})"));
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_not_in_the_policy_withholds) {
  for (const char* rule : {"#Subject", "#subject ", "*", "input"})
    BOOST_TEST(value(R"({"class":"text","disclosure":"clear","text":"canary"})", rule) ==
               json_of(R"({"class":"text","disclosure":"withheld"})"));
}

BOOST_AUTO_TEST_CASE(equal_strings_have_equal_placeholders_whatever_field_they_were_typed_in) {
  const auto typed = [&](const char* field_class, const char* text) {
    return std::string(
        value(json::object{{"class", field_class}, {"disclosure", "placeholder"}, {"text", text}})
            .at("text")
            .as_string());
  };
  BOOST_TEST(typed("email", "alice@crm.example") == "<EMAIL_1>");
  BOOST_TEST(typed("text", " alice@crm.example ") == "<EMAIL_1>");
  BOOST_TEST(typed("text", "something else") == "<TEXT_1>");
  BOOST_TEST(typed("text", "") == "");
}

BOOST_AUTO_TEST_CASE(a_masked_text_is_not_called_cut) {
  BOOST_TEST(!value(R"({"class":"text","disclosure":"placeholder","text":"long","cut":true})")
                  .contains("cut"));
}

BOOST_AUTO_TEST_CASE(what_was_masked_turns_up_nowhere_else) {
  json::object event = a_wire_event(Kind::select);
  event["url"] = "https://crm.example.com/find/canary-word/x";
  event["value"] =
      json_of(R"({"class":"choice","disclosure":"clear","options":["a canary-word!"]})");
  event["target"].as_object()["name"] = "Delete canary-word?";
  event["target"].as_object()["selectors"] =
      json::array{json::array{"aria/Delete canary-word?"},
                  json::array{"#host", "[title='canary-word']"}, json::array{"#plain"}};
  mask("canary-word");
  counts.clear();
  const json::object held = redact(event);
  BOOST_TEST(!contains(lines.back(), "canary-word"));
  BOOST_TEST(held.at("url") == "https://crm.example.com/find/<TEXT_1>/x");
  BOOST_TEST(held.at("value").at("options") == json::array{"a <TEXT_1>!"});
  BOOST_TEST(held.at("target").at("name") == "Delete <TEXT_1>?");
  BOOST_TEST(held.at("target").at("selectors") == (json::array{json::array{"#plain"}}));
  BOOST_TEST((counts ==
              Counts{{"echo_name", 1}, {"echo_option", 1}, {"echo_selector", 2}, {"echo_url", 1}}));
}

BOOST_AUTO_TEST_CASE(a_value_is_masked_in_the_name_of_its_own_event) {
  json::object event = a_wire_event(Kind::input);
  event["target"].as_object()["name"] = "hello there";
  BOOST_TEST(redact(event).at("target").at("name") == "<TEXT_1>");
}

BOOST_AUTO_TEST_CASE(names_of_content_are_masked_and_their_selectors_by_text_are_left_out) {
  json::object event = a_wire_event(Kind::click);
  event["target"].as_object()["content"] = true;
  event["target"].as_object()["name"] = "Jane Doe";
  event["target"].as_object()["selectors"] =
      json::array{json::array{"aria/x"}, json::array{"#host", "text/y"},
                  json::array{"a[title=\"Jane Doe\"]"}, json::array{"tr:nth-child(2)", "a"}};
  const json::object held = redact(event);
  BOOST_TEST(held.at("target").at("name") == "<TEXT_1>");
  BOOST_TEST(held.at("target").at("content") == true);
  BOOST_TEST(held.at("target").at("selectors") ==
             (json::array{json::array{"tr:nth-child(2)", "a"}}));
  BOOST_TEST(!contains(lines.back(), "Jane"));
  BOOST_TEST(counts["content_name"] == 1U);
  // Clicked again it is the same person, and elsewhere the name is masked too.
  json::object plain = a_wire_event(Kind::click);
  plain["target"].as_object()["name"] = "Mail Jane Doe";
  BOOST_TEST(redact(event).at("target").at("name") == "<TEXT_1>");
  BOOST_TEST(redact(plain).at("target").at("name") == "Mail <TEXT_1>");
}

BOOST_AUTO_TEST_CASE(masking_never_passes_the_limits_of_the_schema) {
  // Each echo of four letters becomes a placeholder of more.
  mask("abcd");
  std::string longest;
  for (int i = 0; i < 50; ++i) longest += "abcd";
  json::object event = a_wire_event(Kind::select);
  event["target"].as_object()["name"] = longest;
  event["value"].as_object()["options"] = json::array{json::string(longest)};
  event["url"] = "https://crm.example.com/" + longest + longest;
  const json::object held = redact(event);
  const std::string name(held.at("target").at("name").as_string());
  BOOST_TEST(name.size() <= 200U);
  BOOST_TEST(name.size() > 180U);
  BOOST_TEST(name.ends_with("<TEXT_1>"), name);
  std::string url = "https://crm.example.com";
  for (int i = 0; i < 1000; ++i) url += "/1";
  event["url"] = url;
  BOOST_TEST(redact(event).at("url").as_string().size() == 2048U);
}

BOOST_AUTO_TEST_CASE(redacted_again_an_event_tells_no_more) {
  json::object event = a_wire_event(Kind::input);
  event["target"].as_object()["name"] = "hello there";
  event["url"] = "https://crm.example.com/tickets/4711?q=hello";
  json::object once = redact(event);
  for (const char* key : {"stream", "seq", "scope", "app"}) once.erase(key);
  Bench second;
  const json::object twice = second.redact(once);
  BOOST_TEST(twice.at("url") == once.at("url"));
  BOOST_TEST(twice.at("value").at("disclosure") == "placeholder");
  BOOST_TEST(twice.at("value").at("text") == "<TEXT_1>");
  BOOST_TEST(twice.at("target").at("name") == "<TEXT_1>");
  json::object withheld = a_wire_event(Kind::input);
  withheld["value"] = json_of(R"({"class":"password","disclosure":"withheld"})");
  BOOST_TEST(second.redact(withheld).at("value") == withheld.at("value"));
}

BOOST_AUTO_TEST_CASE(what_the_page_shows_is_masked_and_takes_no_word_out_of_buttons) {
  json::object page = a_wire_event(Kind::navigate);
  page["title"] = "Tickets";
  BOOST_TEST(redact(page).at("title") == "<TEXT_1>");
  json::object effect = a_wire_event(Kind::effect);
  effect["changes"] = json_of(R"({"x":[{"what":"alert","text":"Saved for Jane Doe"},
      {"what":"dialog","text":"Tickets"},{"what":"invalid","text":"Subject"},{"what":"nothing"}]})")
                          .at("x");
  BOOST_TEST(redact(effect).at("changes") ==
             json::parse(R"([{"what":"alert","text":"<TEXT_2>"},{"what":"dialog","text":"<TEXT_1>"},
                             {"what":"invalid","text":"Subject"},{"what":"nothing"}])"));
  json::object click = a_wire_event(Kind::click);
  click["target"].as_object()["name"] = "Tickets";
  click["target"].as_object()["label"] = "Tickets";
  click["target"].as_object()["within"] =
      json_of(R"({"x":[{"role":"row","name":"Jane Doe","content":true},
                       {"role":"form","name":"Tickets"}]})")
          .at("x");
  const json::object held = redact(click);
  BOOST_TEST(held.at("target").at("name") == "Tickets");
  BOOST_TEST(held.at("target").at("within") ==
             json::parse(R"([{"role":"row","name":"<TEXT_3>","content":true},
                             {"role":"form","name":"Tickets"}])"));
  // What was typed is another matter.
  mask("Tickets");
  BOOST_TEST(redact(click).at("target").at("name") == "<TEXT_1>");
  BOOST_TEST(redact(click).at("target").at("label") == "<TEXT_1>");
}

BOOST_AUTO_TEST_CASE(a_page_hides_nothing_in_roles_tags_and_types) {
  mask("kanarie");
  for (const char* text : {"jane.doe@orchard-mail.net", "4111111111111111", "x-kanarie.1234"}) {
    json::object event = a_wire_event(Kind::click);
    json::object& target = event["target"].as_object();
    target["role"] = target["tag"] = text;
    target["type"] = std::string(text).substr(0, 20);
    target["within"] = json::array{json::object{{"role", text}, {"name", "Tickets"}}};
    const json::object held = redact(event);
    BOOST_TEST(held.at("target").at("role") == "generic");
    BOOST_TEST(held.at("target").at("tag") == "generic");
    BOOST_TEST(held.at("target").at("within").as_array()[0].at("role") == "generic");
    BOOST_TEST(!contains(lines.back(), text), lines.back());
  }
  json::object own = a_wire_event(Kind::click);
  own["target"].as_object()["tag"] = "acme-grid-v2.cell_7";
  own["target"].as_object()["type"] = "datetime-local";
  BOOST_TEST(redact(own).at("target").at("tag") == "acme-grid-v2.cell_7");
  BOOST_TEST(redact(own).at("target").at("type") == "datetime-local");
}

BOOST_AUTO_TEST_CASE(what_a_drag_ends_on_is_masked_like_any_target) {
  mask("Jane Doe");
  json::object drag = a_wire_event(Kind::drag);
  drag["onto"].as_object()["name"] = "Tickets of Jane Doe";
  BOOST_TEST(redact(drag).at("onto").at("name") == "Tickets of <TEXT_1>");
}

BOOST_AUTO_TEST_CASE(leaving_the_lists_keeps_no_address) {
  for (const Kind kind : {Kind::away, Kind::back})
    BOOST_TEST(!redact(a_wire_event(kind)).contains("url"));
}

BOOST_AUTO_TEST_CASE(how_a_text_was_entered_is_told_as_far_as_the_team_agreed) {
  json::object event = a_wire_event(Kind::input);
  event["rule"] = "#subject";
  event["value"] = json_of(R"({"class":"text","disclosure":"clear","text":"ab"})");
  event["entry"] = json_of(R"({"by":["typed"],"amount":"few","keys":["a","b"]})");
  const auto entry = [&](const char* keys) {
    team.keys = keys;
    const json::object held = redact(event);
    return held.contains("entry") ? json::serialize(held.at("entry")) : "";
  };
  for (const char* keys : {"off", "shortcuts"}) BOOST_TEST(entry(keys) == "");
  BOOST_TEST(entry("episodes") == R"({"by":["typed"],"amount":"few"})");
  BOOST_TEST(entry("strokes") == R"({"by":["typed"],"amount":"few","keys":["a","b"]})");
  // Where the text is not told, its keys are not.
  event.erase("rule");
  BOOST_TEST(entry("strokes") == R"({"by":["typed"],"amount":"few"})");
  BOOST_TEST(counts["withheld_keys"] == 2U);
}

BOOST_AUTO_TEST_CASE(counts_of_matches_follow_their_selectors) {
  mask("secret");
  json::object event = a_wire_event(Kind::click);
  event["target"].as_object()["selectors"] =
      json::array{json::array{"#a"}, json::array{"#secret"}, json::array{"#c"}};
  event["target"].as_object()["matches"] = json::array{1, 2, 3};
  BOOST_TEST(redact(event).at("target").at("matches") == (json::array{1, 3}));
}

BOOST_AUTO_TEST_CASE(a_typed_secret_is_withheld_whatever_its_field) {
  for (const char* level : {"placeholder", "clear"}) {
    const json::object held =
        value({{"class", "text"}, {"disclosure", level}, {"text", "card 4111 1111 1111 1111"}},
              "#subject");
    BOOST_TEST(held == json_of(R"({"class":"payment_card","disclosure":"withheld"})"));
    BOOST_TEST(!contains(lines.back(), "1111"));
  }
  BOOST_TEST((counts == Counts{{"corrected_payment_card", 2},
                               {"payment_card_in_value", 2},
                               {"withheld_payment_card", 2}}));
}

BOOST_AUTO_TEST_CASE(what_is_private_is_taken_out_of_every_text_of_the_page) {
  constexpr std::string_view card = "4111 1111 1111 1111";
  json::object event = a_wire_event(Kind::select);
  event["value"] = {
      {"class", "choice"}, {"disclosure", "clear"}, {"options", {"Pay with " + std::string(card)}}};
  event["target"].as_object()["name"] = "Card " + std::string(card);
  event["target"].as_object()["selectors"] = {{"aria/" + std::string(card)}, {"#plain"}};
  const json::object held = redact(event);
  BOOST_TEST(!contains(lines.back(), "1111"));
  BOOST_TEST(held.at("target").at("name") == "Card <PAYMENT_CARD>");
  BOOST_TEST(held.at("value").at("options") == json::array{"Pay with <PAYMENT_CARD>"});
  BOOST_TEST(held.at("target").at("selectors") == (json::array{json::array{"#plain"}}));
  BOOST_TEST(
      (counts ==
       Counts{{"payment_card_in_name", 1}, {"payment_card_in_option", 1}, {"echo_selector", 1}}));
}

BOOST_AUTO_TEST_CASE(a_masked_text_names_what_is_in_it) {
  mask("canary word");
  json::object event = a_wire_event(Kind::click);
  event["target"].as_object()["content"] = true;
  event["target"].as_object()["name"] = "The CANARY  word, 4111 1111 1111 1111, canary word";
  BOOST_TEST(redact(event).at("target").at("name") == "<TEXT_2 TEXT_1 PAYMENT_CARD>");
  // One thing alone is called by its own name, and never by a number where it is withheld.
  event["target"].as_object()["name"] = "4111 1111 1111 1111";
  BOOST_TEST(redact(event).at("target").at("name") == "<PAYMENT_CARD>");
  event["target"].as_object()["name"] = "Canary Word";
  BOOST_TEST(redact(event).at("target").at("name") == "<TEXT_1>");
}

BOOST_AUTO_TEST_CASE(lines_are_redacted_one_by_one_and_cut_whole) {
  model::Arena arena;
  const std::string outline = "- button \"Save\"\n- text: 4111 1111 1111 1111\n- link \"x\"\n";
  BOOST_TEST(redactor.redact_lines(outline, "outline", 4096, arena, counts) ==
             "- button \"Save\"\n- text: <PAYMENT_CARD>\n- link \"x\"\n");
  BOOST_TEST(redactor.redact_lines(outline, "outline", 38, arena, counts) == "- button \"Save\"\n");
  BOOST_TEST(counts["payment_card_in_outline"] == 2U);
}

// The schema of bundles takes no longer ones.
BOOST_AUTO_TEST_CASE(reasons_are_short_enough_for_the_ledger) {
  for (std::size_t i = 0; i < entity_count; ++i)
    for (const char* place : {"value", "name", "option", "title", "effect", "outline", "url"})
      BOOST_TEST((std::string(facts_of(static_cast<Entity>(i)).word) + "_in_" + place).size() <=
                 40U);
}

BOOST_AUTO_TEST_CASE(a_scope_that_is_full_gives_way_to_a_new_one) {
  const std::string first(redactor.scope());
  BOOST_TEST(first.size() == 8U);
  mask("the first text");
  const std::string long_text(15'000, 'x');
  for (int i = 0; redactor.scope() == first; ++i) {
    BOOST_TEST_REQUIRE(i < 1000);
    mask(std::to_string(i) + long_text);
    if (redactor.scope() == first)
      BOOST_TEST(json_of(lines.back()).at("scope").as_string() == first);
    else
      BOOST_TEST(json_of(lines.back()).at("scope").as_string() == redactor.scope());
  }
  // Numbers begin again; the scope tells them apart.
  BOOST_TEST(json_of(lines.back()).at("value").at("text") == "<TEXT_1>");
  BOOST_TEST(Redactor().scope() != Redactor().scope());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
