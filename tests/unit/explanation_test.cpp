// Which line of a policy decides.
#include "redact/explanation.hpp"

#include <boost/test/unit_test.hpp>

#include "policy_fixture.hpp"

namespace fieldnote::redact {
namespace {

using model::Disclosure;
using model::FieldClass;

struct Bench {
  Bench() {
    folder.teams["hr"] = folder.team();
    folder.team("hr")["sites"] =
        boost::json::parse(R"([{ "url": "https://hr.example.com/*", "app": "hr" }])");
    folder.team("hr")["exclude"] = boost::json::parse(R"(["https://crm.example.com/staff/*"])");
    folder.team()["fields"] = boost::json::parse(
        R"([ { "match": "#subject", "values": "clear" }, { "match": "#salary, [data-hr]", "values": "withheld" },
             { "match": "input", "values": "placeholder" }, { "match": "form input", "values": "clear" } ])");
    reread();
  }
  void reread() {
    auto read = folder.read();
    BOOST_TEST_REQUIRE(read.has_value());
    policy = std::move(*read);
  }
  const policy::Team& team(std::string_view name = "support") {
    return *std::find_if(policy.teams.begin(), policy.teams.end(),
                         [&](const policy::Team& one) { return one.name == name; });
  }
  PageExplanation page(std::string_view url) {
    auto explained = explain_page(policy, team(), url);
    BOOST_TEST_REQUIRE(explained.has_value());
    return *explained;
  }
  FieldExplanation field(std::string_view css, std::string_view label = "",
                         std::string_view type = "text") {
    return explain_field(team(), {type, "", label, ""}, *policy::DescribedElement::parse(css));
  }
  testing::PolicyFolder folder;
  policy::Policy policy;
};

BOOST_FIXTURE_TEST_SUITE(explanation, Bench)

BOOST_AUTO_TEST_CASE(a_page_is_recorded_by_the_site_that_lists_it) {
  const PageExplanation listed = page("https://eu.tickets.example.com/7?x#y");
  BOOST_TEST(listed.recorded);
  BOOST_TEST(listed.app == "tickets");
  BOOST_TEST(listed.by.pointer == "/sites/1/url");
  BOOST_TEST(listed.by.team == "support");
  const PageExplanation other = page("https://mail.example.com/");
  BOOST_TEST(!other.recorded);
  BOOST_TEST(other.by.pointer == "/sites");
  BOOST_TEST(!explain_page(policy, team(), "mailto:a@b").has_value());
}

BOOST_AUTO_TEST_CASE(an_exclusion_wins_and_one_of_another_team_is_named) {
  const PageExplanation excluded = page("https://crm.example.com/%68r/7");
  BOOST_TEST(!excluded.recorded);
  BOOST_TEST(excluded.by.pointer == "/exclude/0");
  const PageExplanation elsewhere = page("https://crm.example.com/staff/7");
  BOOST_TEST(elsewhere.recorded);
  BOOST_TEST_REQUIRE(elsewhere.excluded_by.size() == 1U);
  BOOST_TEST(elsewhere.excluded_by[0].team == "hr");
}

BOOST_AUTO_TEST_CASE(nothing_is_recorded_where_recording_is_off) {
  folder.organisation["recording"] = "off";
  reread();
  const PageExplanation off = page("https://crm.example.com/");
  BOOST_TEST(!off.recorded);
  BOOST_TEST(off.by.team.empty());
  BOOST_TEST(off.by.pointer == "/recording");
}

BOOST_AUTO_TEST_CASE(the_strictest_rule_that_matches_decides) {
  BOOST_TEST((field("textarea#subject", "Subject", "textarea").kept == Disclosure::clear));
  BOOST_TEST(field("textarea#subject", "Subject", "textarea").by.pointer == "/fields/0/values");
  const FieldExplanation both = field("input#subject", "Subject");
  BOOST_TEST((both.kept == Disclosure::placeholder));
  BOOST_TEST(both.by.pointer == "/fields/2/values");
  BOOST_TEST((field("input[data-hr]", "Grade").kept == Disclosure::withheld));
}

BOOST_AUTO_TEST_CASE(a_rule_that_only_a_page_can_judge_is_named) {
  const FieldExplanation open = field("select#x", "", "select");
  BOOST_TEST_REQUIRE(open.open.size() == 1U);
  BOOST_TEST(open.open[0].pointer == "/fields/3");
}

BOOST_AUTO_TEST_CASE(the_class_decides_where_it_is_stricter_than_the_rule) {
  const FieldExplanation secret = field("input#subject", "Passwort");
  BOOST_TEST((secret.field_class == FieldClass::password));
  BOOST_TEST((secret.kept == Disclosure::withheld));
  BOOST_TEST(secret.by.pointer.empty());
  BOOST_TEST(
      (field("textarea#subject", "Delivery address", "textarea").kept == Disclosure::placeholder));
}

BOOST_AUTO_TEST_CASE(without_a_rule_the_team_or_the_class_decides) {
  BOOST_TEST((field("textarea", "Comment", "textarea").kept == Disclosure::placeholder));
  BOOST_TEST(field("textarea", "Comment", "textarea").by.pointer.empty());
  folder.team()["capture"].as_object()["values"] = "shape";
  reread();
  BOOST_TEST((field("textarea", "Comment", "textarea").kept == Disclosure::shape));
  BOOST_TEST(field("textarea", "Comment", "textarea").by.pointer == "/capture/values");
  BOOST_TEST((field("select", "Country", "select").kept == Disclosure::clear));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
