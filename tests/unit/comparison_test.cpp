// What `fieldnote policy diff` says: whatever takes more from people is wider.
#include "policy/comparison.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "policy_fixture.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;
using testing::PolicyFolder;

using Alter = std::function<void(PolicyFolder&)>;

// "wider sites support"
std::vector<std::string> told(const std::vector<Change>& changes) {
  std::vector<std::string> list;
  for (const Change& change : changes)
    list.push_back(std::string(word(change.direction)) + ' ' + change.subject +
                   (change.team.empty() ? "" : ' ' + change.team));
  return list;
}

std::vector<Change> changes_between(const PolicyFolder& before, const Alter& alter) {
  PolicyFolder after;
  after.organisation = before.organisation;
  after.teams = before.teams;
  alter(after);
  return compare(before.read().value(), after.read().value());
}

json::object& capture(PolicyFolder& folder) {
  return folder.team()["capture"].as_object();
}

void add_site(PolicyFolder& folder, std::string_view url) {
  folder.team()["sites"].as_array().push_back(json::object{{"url", url}, {"app", "crm"}});
}

BOOST_FIXTURE_TEST_SUITE(comparison, PolicyFolder)

BOOST_AUTO_TEST_CASE(a_policy_and_itself_differ_in_nothing) {
  BOOST_TEST(changes_between(*this, [](PolicyFolder&) {}).empty());
}

BOOST_AUTO_TEST_CASE(another_name_for_a_key_is_another_reader) {
  const auto changes = changes_between(*this, [](PolicyFolder& p) {
    json::value& one = p.organisation["recipients"].as_array()[0];
    one = json::object{{"key", one}, {"name", "Some vendor"}};
  });
  BOOST_TEST_REQUIRE(changes.size() == 2U);
  BOOST_TEST((changes[0].direction == Direction::wider));
  BOOST_TEST(changes[0].what.find("\"Some vendor (") != std::string::npos, changes[0].what);
}

BOOST_AUTO_TEST_CASE(each_change_is_told_with_its_direction_there_and_back) {
  const std::pair<const char*, Alter> wider[] = {
      {"purpose", [](auto& p) { p.organisation["notice"].as_object()["purpose"] = "Other"; }},
      {"recipients",
       [](auto& p) {
         p.organisation["recipients"].as_array().push_back(
             json::string(seal::X25519Identity::generate().recipient().text()));
       }},
      {"review_window", [](auto& p) { p.organisation["review_window"] = "1h"; }},
      {"retention", [](auto& p) { p.organisation["retention"].as_object()["days"] = 365; }},
      {"retention", [](auto& p) { p.organisation["retention"].as_object()["megabytes"] = 1024; }},
      {"release", [](auto& p) { p.organisation["release"].as_object()["min_participants"] = 2; }},
      {"caller", [](auto& p) { p.organisation["allow_portal"] = true; }},
      {"caller", [](auto& p) { p.organisation.erase("extension_ids"); }},
      {"members support",
       [](auto& p) { p.team()["members"].as_object()["groups"].as_array().push_back("sales"); }},
      {"sites support", [](auto& p) { add_site(p, "https://wiki.example.com/*"); }},
      {"sites support", [](auto& p) { add_site(p, "https://*.example.com/*"); }},
      {"exclude support", [](auto& p) { p.team()["exclude"] = json::array{}; }},
      {"keys support", [](auto& p) { capture(p)["keys"] = "strokes"; }},
      {"fields support",
       [](auto& p) { p.team()["fields"].as_array()[1].as_object()["values"] = "clear"; }},
      {"fields support",
       [](auto& p) {
         p.team()["fields"].as_array().push_back(
             json::object{{"match", "#note"}, {"values", "clear"}});
       }},
      {"fields support", [](auto& p) { p.team()["fields"].as_array().pop_back(); }},
  };
  for (const auto& [subject, alter] : wider) {
    const auto there = told(changes_between(*this, alter));
    BOOST_TEST_REQUIRE(there.size() == 1U, subject);
    BOOST_TEST(there[0] == std::string("wider ") + subject);
    if (std::string_view(subject) == "purpose") continue;  // words are never narrower
    PolicyFolder widened;
    widened.organisation = organisation;
    alter(widened);
    const auto back = told(compare(widened.read().value(), read().value()));
    BOOST_TEST_REQUIRE(back.size() == 1U, subject);
    BOOST_TEST(back[0] == std::string("narrower ") + subject);
  }
}

BOOST_AUTO_TEST_CASE(less_is_narrower) {
  const std::pair<const char*, Alter> narrower[] = {
      {"recording", [](auto& p) { p.organisation["recording"] = "off"; }},
      {"accounts", [](auto& p) { p.organisation["shared_accounts"] = json::array{"kiosk"}; }},
      {"disclosure support", [](auto& p) { capture(p)["values"] = "shape"; }},
      {"outline support", [](auto& p) { capture(p)["outline"] = false; }},
      {"exclude support",
       [](auto& p) { p.team()["exclude"].as_array().push_back("https://crm.example.com/pay/*"); }},
      {"fields support",
       [](auto& p) {
         p.team()["fields"].as_array().push_back(
             json::object{{"match", "#note"}, {"values", "withheld"}});
       }},
  };
  for (const auto& [subject, alter] : narrower) {
    const auto there = told(changes_between(*this, alter));
    BOOST_TEST_REQUIRE(there.size() == 1U, subject);
    BOOST_TEST(there[0] == std::string("narrower ") + subject);
  }
}

BOOST_AUTO_TEST_CASE(what_another_pattern_reaches_already_is_no_change) {
  BOOST_TEST(changes_between(*this, [](auto& p) {
               add_site(p, "https://crm.example.com/sales/*");
               add_site(p, "https://eu.tickets.example.com/*");
             }).empty());
  BOOST_TEST(changes_between(*this, [](auto& p) {
               p.team()["exclude"].as_array().push_back("https://crm.example.com/hr/pay/*");
             }).empty());
  // A wildcard does not reach its own base, another scheme or another port.
  for (const char* url : {"https://tickets.example.com/*", "http://crm.example.com/*",
                          "https://crm.example.com:8443/*"})
    BOOST_TEST(changes_between(*this, [&](auto& p) { add_site(p, url); }).size() == 1U, url);
}

BOOST_AUTO_TEST_CASE(a_team_that_comes_is_told_site_by_site_and_one_that_goes_in_one_sentence) {
  PolicyFolder after;
  after.organisation = organisation;
  after.teams["sales"] = after.teams["support"];
  const auto there = told(compare(read().value(), after.read().value()));
  BOOST_TEST(std::count(there.begin(), there.end(), "wider sites sales") == 2);
  BOOST_TEST(std::count(there.begin(), there.end(), "wider members sales") == 3);
  BOOST_TEST(std::count(there.begin(), there.end(), "wider fields sales") == 1);
  const auto back = told(compare(after.read().value(), read().value()));
  BOOST_TEST((back == std::vector<std::string>{"narrower members sales"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
