// What a policy means for one account, and what makes the notice be shown again.
#include "policy/assignment.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "policy_fixture.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;
using platform::Account;
using testing::alice;
using testing::PolicyFolder;

// Assignments look into their policy.
struct Assigned {
  Policy policy;
  Assignment assignment;
  Assigned(const PolicyFolder& folder, const Account& account)
      : policy(folder.read().value()), assignment(policy, account) {}
};

Standing standing_of(const PolicyFolder& folder, const Account& account) {
  return Assigned(folder, account).assignment.standing();
}

bool records(const PolicyFolder& folder, const Account& account, std::string_view url) {
  return Assigned(folder, account).assignment.match(url).has_value();
}

BOOST_FIXTURE_TEST_SUITE(assignment, PolicyFolder)

BOOST_AUTO_TEST_CASE(a_team_takes_in_its_users_and_those_in_its_groups) {
  BOOST_TEST((standing_of(*this, {"alice", {}}) == Standing::listed));
  BOOST_TEST((standing_of(*this, {"bob", {"x", "support"}}) == Standing::listed));
  BOOST_TEST((standing_of(*this, {"bob", {"users"}}) == Standing::not_listed));
  BOOST_TEST((standing_of(*this, {"support", {"alice"}}) == Standing::not_listed));
  BOOST_TEST((standing_of(*this, {"Alice", {"Support"}}) == Standing::not_listed));
  BOOST_TEST((standing_of(*this, {"", {}}) == Standing::not_listed));
}

BOOST_AUTO_TEST_CASE(a_shared_account_is_never_recorded_whatever_lists_it) {
  organisation["shared_accounts"] = json::array{"kiosk", "alice"};
  BOOST_TEST((standing_of(*this, alice()) == Standing::shared_account));
  BOOST_TEST((standing_of(*this, {"kiosk", {"support"}}) == Standing::shared_account));
  BOOST_TEST(!records(*this, alice(), "https://crm.example.com/"));
  organisation["recording"] = "off";
  BOOST_TEST((standing_of(*this, alice()) == Standing::shared_account));
}

BOOST_AUTO_TEST_CASE(with_recording_off_nothing_matches) {
  organisation["recording"] = "off";
  const Assigned off(*this, alice());
  BOOST_TEST((off.assignment.standing() == Standing::off));
  BOOST_TEST(off.assignment.teams().empty());
  BOOST_TEST(!off.assignment.match("https://crm.example.com/"));
  BOOST_TEST((standing_of(*this, {"bob", {}}) == Standing::not_listed));
}

BOOST_AUTO_TEST_CASE(only_listed_pages_match_with_their_app) {
  const Assigned listed(*this, alice());
  const auto match = listed.assignment.match("https://eu.tickets.example.com/t/7?q=1#x");
  BOOST_TEST_REQUIRE(match.has_value());
  BOOST_TEST(match->site->app == "tickets");
  BOOST_TEST(match->team->name == "support");
  for (const char* url :
       {"https://tickets.example.com/", "https://example.com/", "http://crm.example.com/",
        "https://a@crm.example.com/", "about:blank", "", "https://crm.example.com/hr/",
        "https://crm.example.com/hr/salary?x", "https://crm.example.com/%68r/",
        "https://crm.example.com/hr", "https://crm.example.com/hr?x"})
    BOOST_TEST(!listed.assignment.match(url), url);
  BOOST_TEST(!records(*this, {"bob", {}}, "https://crm.example.com/"));
}

BOOST_AUTO_TEST_CASE(an_exclusion_in_any_team_wins_over_a_listing_in_any_other) {
  team()["exclude"] = json::array{};
  const json::object payroll = json::parse(R"({"members":{"users":["alice","carol"]},
      "sites":[{"url":"https://pay.example.com/*","app":"pay"}],
      "exclude":["https://crm.example.com/hr/*"]})")
                                   .as_object();
  // Whether it comes before the one that lists or behind it.
  for (const char* name : {"aaa", "zzz"}) {
    PolicyFolder folder;
    folder.teams = teams;
    folder.teams[name] = payroll;
    BOOST_TEST(!records(folder, alice(), "https://crm.example.com/hr/x"));
    BOOST_TEST(records(folder, alice(), "https://crm.example.com/x"));
    // The exclusion of a team that a person is not in is none of theirs.
    BOOST_TEST(records(folder, {"bob", {"support"}}, "https://crm.example.com/hr/x"));
    BOOST_TEST(!records(folder, {"carol", {}}, "https://crm.example.com/x"));
  }
}

BOOST_AUTO_TEST_CASE(the_notice_changes_with_whatever_widens) {
  const auto digest = [](const PolicyFolder& folder) {
    return Assigned(folder, alice()).assignment.notice_digest();
  };
  const seal::Digest before = digest(*this);
  std::set<seal::Digest> seen{before};
  const std::pair<const char*, std::function<void(PolicyFolder&)>> changes[] = {
      {"organisation", [](PolicyFolder& p) { p.organisation["organisation"] = "Other Corp"; }},
      {"purpose",
       [](PolicyFolder& p) { p.organisation["notice"].as_object()["purpose"] = "Rate people"; }},
      {"lawful basis",
       [](PolicyFolder& p) { p.organisation["notice"].as_object()["lawful_basis"] = "None"; }},
      {"contact", [](PolicyFolder& p) { p.organisation["notice"].as_object()["contact"] = "x"; }},
      {"a recipient more",
       [](PolicyFolder& p) {
         p.organisation["recipients"].as_array().push_back(
             json::string(seal::X25519Identity::generate().recipient().text()));
       }},
      {"a recipient by another name",
       [](PolicyFolder& p) {
         json::value& one = p.organisation["recipients"].as_array()[0];
         one = json::object{{"key", one}, {"name", "Some vendor"}};
       }},
      {"review window", [](PolicyFolder& p) { p.organisation["review_window"] = "1h"; }},
      {"retention", [](PolicyFolder& p) { p.organisation["retention"].as_object()["days"] = 365; }},
      {"release",
       [](PolicyFolder& p) { p.organisation["release"].as_object()["min_participants"] = 2; }},
      {"a site more",
       [](PolicyFolder& p) {
         p.team()["sites"].as_array().push_back(
             json::object{{"url", "https://wiki.example.com/*"}, {"app", "wiki"}});
       }},
      {"a wider site",
       [](PolicyFolder& p) {
         p.team()["sites"].as_array()[0].as_object()["url"] = "https://*.crm.example.com/*";
       }},
      {"an exclusion less", [](PolicyFolder& p) { p.team()["exclude"] = json::array{}; }},
      {"values", [](PolicyFolder& p) { p.team()["capture"].as_object()["values"] = "shape"; }},
      {"keys", [](PolicyFolder& p) { p.team()["capture"].as_object()["keys"] = "strokes"; }},
      {"outline", [](PolicyFolder& p) { p.team()["capture"].as_object()["outline"] = false; }},
      {"a field in clear",
       [](PolicyFolder& p) { p.team()["fields"].as_array()[1].as_object()["values"] = "clear"; }},
      {"another field",
       [](PolicyFolder& p) { p.team()["fields"].as_array()[0].as_object()["match"] = "input"; }},
      {"a team more",
       [](PolicyFolder& p) {
         p.teams["more"] = json::parse(R"({"members":{"users":["alice"]},
             "sites":[{"url":"https://more.example.com/*","app":"more"}]})")
                               .as_object();
       }},
  };
  for (const auto& [what, change] : changes) {
    PolicyFolder folder;
    change(folder);
    BOOST_TEST(seen.insert(digest(folder)).second, what);
  }
}

BOOST_AUTO_TEST_CASE(the_notice_stays_with_what_does_not_widen) {
  const seal::Digest before = Assigned(*this, alice()).assignment.notice_digest();
  const auto check_same = [&](const std::function<void(PolicyFolder&)>& change) {
    PolicyFolder folder;
    change(folder);
    BOOST_TEST((Assigned(folder, alice()).assignment.notice_digest() == before));
  };
  check_same([](PolicyFolder& p) { p.team()["tasks"] = json::array{"Another task"}; });
  check_same([](PolicyFolder& p) {
    p.team()["members"].as_object()["users"] = json::array{"alice", "bob"};
  });
  check_same([](PolicyFolder& p) { p.organisation["shared_accounts"] = json::array{"kiosk"}; });
  check_same([](PolicyFolder& p) { p.organisation.erase("extension_ids"); });
  // A team that the person is not in.
  check_same([](PolicyFolder& p) {
    p.teams["other"] = json::parse(R"({"members":{"users":["bob"]},
        "sites":[{"url":"https://other.example.com/*","app":"other"}]})")
                           .as_object();
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::policy
