// The last gate: what reached the lines in spite of everything does not pass it.
#include "redact/gate.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include "recorder/admission.hpp"
#include "temporary_folder.hpp"
#include "wire.hpp"

namespace fieldnote::redact {
namespace {

namespace json = boost::json;
using testing::contains;

constexpr std::string_view card = "4111 1111 1111 1111";

struct AGate {
  std::string check(std::string lines) {
    gate.check(lines, counts);
    return lines;
  }
  Masker masker;
  Gate gate{masker};
  Counts counts;
};

// A held event with `text` at one place.
std::string line_with(std::string_view place, std::string_view text) {
  json::object event =
      json::parse(
          R"({"kind":"select","stream":"00112233445566778899aabbccddeeff","url":"https://crm.example/",)"
          R"("target":{"role":"button","name":"Save","tag":"button","selectors":[["#save"],["#a","b"]],"matches":[1,2],)"
          R"("box":[0,0,1,1]},"value":{"class":"choice","disclosure":"clear","options":["One"]}})")
          .as_object();
  json::object& target = event["target"].as_object();
  if (place == "name") target["name"] = text;
  if (place == "selector") target["selectors"].as_array()[1].as_array()[1] = text;
  if (place == "option") event["value"].as_object()["options"].as_array()[0] = text;
  event["entry"] = json::parse(R"({"by":["typed"],"keys":["4","1"]})");
  if (place == "text")
    event["value"] = {{"class", "text"}, {"disclosure", "clear"}, {"text", text}};
  if (place == "url") event["url"] = "https://crm.example/" + std::string(text);
  if (place == "new") event["outline"] = {{"deep", json::array{text}}};
  return json::serialize(event) + '\n';
}

BOOST_FIXTURE_TEST_SUITE(gate, AGate)

BOOST_AUTO_TEST_CASE(what_is_clean_passes_as_it_is) {
  const std::string lines =
      line_with("name", "Save \"it\"\n") + line_with("text", "Hello <TEXT_1>");
  BOOST_TEST(check(lines) == lines);
  BOOST_TEST(check(lines) == lines);
  BOOST_TEST(counts.empty());
}

BOOST_AUTO_TEST_CASE(a_hit_drops_its_field_wherever_it_is_and_no_other) {
  for (const char* place : {"name", "selector", "option", "text", "url", "new"}) {
    const std::string clean = line_with("name", "Save");
    const std::string lines = clean + line_with(place, "x " + std::string(card)) + clean;
    counts.clear();
    const std::string out = check(lines);
    BOOST_TEST(!contains(out, "1111"), place);
    BOOST_TEST((counts == Counts{{"gate_payment_card", 1}}), place);
    BOOST_TEST(out.starts_with(clean), place);
    BOOST_TEST(out.ends_with(clean), place);
    const std::string_view middle =
        std::string_view(out).substr(clean.size(), out.size() - 2 * clean.size());
    const json::object event = json::parse(middle).as_object();
    const bool in_value = place == std::string("option") || place == std::string("text");
    BOOST_TEST((event.at("value") ==
                json::object{{"class", "payment_card"}, {"disclosure", "withheld"}}) == in_value);
    BOOST_TEST(event.contains("entry") != in_value);
    BOOST_TEST(event.at("target").at("selectors").as_array().size() ==
               (place == std::string("selector") ? 1U : 2U));
    if (place == std::string("selector"))
      BOOST_TEST(event.at("target").at("matches") == json::array{1});
  }
}

BOOST_AUTO_TEST_CASE(an_escape_does_not_hide_it) {
  std::string line = line_with("name", "Save");
  line.replace(line.find("Save"), 4, R"(x\"\u0034111 1111 1111 1111)");
  BOOST_TEST(!contains(check(line), "111 1111"));
  BOOST_TEST(counts["gate_payment_card"] == 1U);
}

BOOST_AUTO_TEST_CASE(a_line_that_cannot_be_read_is_left_out) {
  const std::string clean = line_with("name", "Save");
  BOOST_TEST(check(clean + "{\"name\":\"half\n" + clean) == clean + clean);
  BOOST_TEST(counts["gate_event"] == 1U);
}

// The kind of a file is no text of the page, and the redactor leaves it alone: the gate does not.
BOOST_AUTO_TEST_CASE(every_batch_passes_it) {
  policy::Policy policy;
  policy::Team& team = policy.teams.emplace_back();
  team.users = {"me"};
  policy::Site site{*policy::SitePattern::parse("https://crm.example.com/*"), "crm"};
  team.sites.push_back(site);
  platform::Account account;
  account.user = "me";
  const policy::Assignment assignment(policy, account);
  recorder::Admission admission(assignment);
  json::object event = testing::a_wire_event(model::Kind::file);
  event["files"].as_object()["types"] = json::array{"text/4111111111111111"};
  const auto batch =
      admission.admit(testing::batch_of(1, json::array{event}), testing::a_stream, 1);
  BOOST_TEST_REQUIRE(batch.has_value());
  BOOST_TEST(batch->events == 1);
  BOOST_TEST(!contains(batch->lines, "4111111111111111"));
  BOOST_TEST(contains(batch->lines, R"("gate_payment_card":1)"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
