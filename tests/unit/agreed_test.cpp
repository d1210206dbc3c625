// Exactly what widens is asked for again.
#include "policy/agreed.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "policy/assignment.hpp"
#include "policy_fixture.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;
using testing::PolicyFolder;

json::object& capture(PolicyFolder& folder) {
  return folder.team()["capture"].as_object();
}

// Whether alice, who agreed to `before`, is asked again after `change`.
bool asks_again(const std::function<void(PolicyFolder&)>& change) {
  PolicyFolder folder;
  const auto before = folder.read();
  BOOST_TEST_REQUIRE(before.has_value());
  const json::object agreed = terms_of(*before, Assignment(*before, testing::alice()).teams());
  change(folder);
  const auto after = folder.read();
  BOOST_TEST_REQUIRE(after.has_value(), after.error().sentence);
  return asks_for_more(agreed, *after, Assignment(*after, testing::alice()).teams());
}

BOOST_AUTO_TEST_SUITE(agreed)

BOOST_AUTO_TEST_CASE(what_widens_is_asked_for_again) {
  const std::pair<const char*, std::function<void(PolicyFolder&)>> changes[] = {
      {"organisation", [](auto& p) { p.organisation["organisation"] = "Other Corp"; }},
      {"purpose", [](auto& p) { p.organisation["notice"].as_object()["purpose"] = "Rate people"; }},
      {"lawful basis",
       [](auto& p) { p.organisation["notice"].as_object()["lawful_basis"] = "None"; }},
      {"a recipient more",
       [](auto& p) {
         p.organisation["recipients"].as_array().push_back(
             json::string(seal::X25519Identity::generate().recipient().text()));
       }},
      {"another recipient",
       [](auto& p) {
         p.organisation["recipients"] =
             json::array{json::string(seal::X25519Identity::generate().recipient().text())};
       }},
      {"a recipient by another name",
       [](auto& p) {
         json::value& one = p.organisation["recipients"].as_array()[0];
         one = json::object{{"key", one}, {"name", "Some vendor"}};
       }},
      {"a shorter window", [](auto& p) { p.organisation["review_window"] = "1h"; }},
      {"longer keeping", [](auto& p) { p.organisation["retention"].as_object()["days"] = 365; }},
      {"fewer participants",
       [](auto& p) { p.organisation["release"].as_object()["min_participants"] = 2; }},
      {"a site more",
       [](auto& p) {
         p.team()["sites"].as_array().push_back(
             json::object{{"url", "https://wiki.example.com/*"}, {"app", "wiki"}});
       }},
      {"a wider site",
       [](auto& p) {
         p.team()["sites"].as_array()[0].as_object()["url"] = "https://*.crm.example.com/*";
       }},
      {"an exclusion less", [](auto& p) { p.team()["exclude"] = json::array{}; }},
      {"more of the keyboard", [](auto& p) { capture(p)["keys"] = "strokes"; }},
      {"a field told",
       [](auto& p) {
         p.team()["fields"].as_array().push_back(
             json::object{{"match", "#total"}, {"values", "clear"}});
       }},
      {"a field no longer withheld",
       [](auto& p) {
         p.team()["fields"].as_array().erase(p.team()["fields"].as_array().begin() + 1);
       }},
      {"another team",
       [](auto& p) {
         p.teams["second"] = p.team();
         p.teams["second"]["sites"] =
             json::array{json::object{{"url", "https://wiki.example.com/*"}, {"app", "wiki"}}};
       }},
  };
  for (const auto& [name, change] : changes) BOOST_TEST(asks_again(change), name);
}

BOOST_AUTO_TEST_CASE(what_narrows_or_is_not_about_them_is_not) {
  const std::pair<const char*, std::function<void(PolicyFolder&)>> changes[] = {
      {"nothing", [](auto&) {}},
      {"contact", [](auto& p) { p.organisation["notice"].as_object()["contact"] = "x@y.example"; }},
      {"a longer window", [](auto& p) { p.organisation["review_window"] = "48h"; }},
      {"shorter keeping", [](auto& p) { p.organisation["retention"].as_object()["days"] = 7; }},
      {"more participants",
       [](auto& p) { p.organisation["release"].as_object()["min_participants"] = 50; }},
      {"a site less", [](auto& p) { p.team()["sites"].as_array().pop_back(); }},
      {"an exclusion more",
       [](auto& p) {
         p.team()["exclude"].as_array().emplace_back("https://crm.example.com/pay/*");
       }},
      {"less of typed text", [](auto& p) { capture(p)["values"] = "shape"; }},
      {"less of the keyboard", [](auto& p) { capture(p)["keys"] = "off"; }},
      {"no outlines", [](auto& p) { capture(p)["outline"] = false; }},
      {"a field withheld",
       [](auto& p) { p.team()["fields"].as_array()[0].as_object()["values"] = "withheld"; }},
      {"tasks", [](auto& p) { p.team()["tasks"] = json::array{"Another task"}; }},
      {"who else is in the team",
       [](auto& p) {
         p.team()["members"].as_object()["users"] = json::array{"alice", "bob"};
       }},
  };
  for (const auto& [name, change] : changes) BOOST_TEST(!asks_again(change), name);
}

BOOST_AUTO_TEST_CASE(terms_that_cannot_be_read_agree_to_nothing) {
  PolicyFolder folder;
  const auto policy = folder.read();
  const Assignment assignment(*policy, testing::alice());
  BOOST_TEST(asks_for_more({}, *policy, assignment.teams()));
  json::object agreed = terms_of(*policy, assignment.teams());
  BOOST_TEST(!asks_for_more(agreed, *policy, assignment.teams()));
  agreed["teams"] = "all";
  BOOST_TEST(asks_for_more(agreed, *policy, assignment.teams()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
