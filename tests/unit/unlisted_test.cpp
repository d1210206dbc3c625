// A site that was taken off the lists: what is held of it does not leave.
#include "recorder/unlisted.hpp"

#include <boost/test/unit_test.hpp>

#include "desk.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;
using testing::a_wire_event;
using testing::batch_of;
using testing::Browser;
using testing::contains;
using testing::Desk;

struct Sites : Desk {
  Sites() {
    Browser browser(*this, state);
    say_yes(browser);
    json::array events;
    std::uint32_t n = 0;
    for (const char* url : {"https://crm.example.com/orders", "https://crm.example.com/wages/7731",
                            "https://eu.tickets.example.com/tickets/4711"}) {
      json::object event = a_wire_event(model::Kind::click, n++);
      event["url"] = url;
      events.push_back(std::move(event));
    }
    BOOST_TEST_REQUIRE(browser.ask(batch_of(1, events)).at("type") == "ack");
  }

  // Events that go when the policy is as it is now.
  std::int64_t deleted(const platform::Account& account = testing::alice()) {
    const auto policy = read();
    BOOST_TEST_REQUIRE(policy.has_value());
    auto spool = spool::Spool::open(state);
    return delete_unlisted(*spool, *policy, policy::Assignment(*policy, account)).value();
  }
  void list(const char* sites) { team()["sites"] = json::parse(sites); }
  void exclude(const char* pattern) { team()["exclude"].as_array().emplace_back(pattern); }
};

BOOST_FIXTURE_TEST_SUITE(unlisted, Sites)

BOOST_AUTO_TEST_CASE(while_nothing_changes_nothing_goes) {
  BOOST_TEST(deleted() == 0);
  organisation["retention"].as_object()["days"] = 29;
  BOOST_TEST(deleted() == 0);
}

BOOST_AUTO_TEST_CASE(a_removed_site_goes_and_is_counted) {
  list(R"([{ "url": "https://crm.example.com/*", "app": "crm" }])");
  BOOST_TEST(deleted() == 1);
  BOOST_TEST(!contains(held_lines(), "tickets.example.com"));
  BOOST_TEST(deleted() == 0);
  // Gaps travel with the batch that comes next.
  auto spool = spool::Spool::open(state);
  auto write = spool->write();
  BOOST_TEST(write->take_gaps().value().at("unlisted") == 1U);
}

BOOST_AUTO_TEST_CASE(sealing_at_the_person_s_wish_does_not_take_it_along) {
  exclude("https://crm.example.com/wages/*");
  Browser browser(*this, state);
  static_cast<void>(browser.attach(testing::a_stream));
  const json::object sealed = browser.ask(R"({"type":"seal","id":3})");
  BOOST_TEST_REQUIRE(sealed.at("type") == "sealed");
  BOOST_TEST(sealed.at("events").to_number<int>() == 2);
}

BOOST_AUTO_TEST_CASE(what_may_be_meant_by_an_exclusion_goes_and_what_may_be_listed_stays) {
  // Held is /wages/:id; the number is not kept.
  exclude("https://crm.example.com/wages/7731/*");
  BOOST_TEST(deleted() == 1);
  list(R"([{ "url": "https://crm.example.com/orders*", "app": "crm" },
           { "url": "https://eu.tickets.example.com/tickets/9/*", "app": "tickets" }])");
  BOOST_TEST(deleted() == 0);
}

BOOST_AUTO_TEST_CASE(a_site_of_another_team_stays) {
  teams["other"] = team();
  teams["other"]["members"] = json::parse(R"({ "users": ["bob"] })");
  list(R"([{ "url": "https://crm.example.com/*", "app": "crm" }])");
  BOOST_TEST(deleted() == 0);
}

BOOST_AUTO_TEST_CASE(who_is_in_no_team_loses_nothing) {
  list(R"([{ "url": "https://else.example.com/*", "app": "crm" }])");
  BOOST_TEST(deleted({"alice_unknown_to_the_name_service", {}}) == 0);
  BOOST_TEST(deleted() == 3);
}

BOOST_AUTO_TEST_CASE(a_purge_takes_a_site_and_counts) {
  auto spool = spool::Spool::open(state);
  const auto pattern = policy::SitePattern::parse("https://*.tickets.example.com/*");
  BOOST_TEST(purge_site(*spool, *pattern).value() == 1);
  BOOST_TEST(purge_site(*spool, *pattern).value() == 0);
  BOOST_TEST(!contains(held_lines(), "tickets.example.com"));
  BOOST_TEST(spool->write()->take_gaps().value().at("purged") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::recorder
