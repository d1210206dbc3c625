// Four browsers of one person, each with its host, on one spool.
#include <array>
#include <boost/test/unit_test.hpp>
#include <list>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

struct Place {
  Place(const Workplace& workplace, Chance& chance)
      : browser(chance), host(workplace.host()), port(host) {}
  Browser browser;
  Process host;
  Port port;
};

void require_end(Process& host) {
  host.close_input();
  const auto end = host.wait(milliseconds(2000));
  BOOST_REQUIRE_MESSAGE(end, "the host does not end");
  BOOST_TEST((*end == End{0}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(several_hosts)

BOOST_AUTO_TEST_CASE(of_four_hosts_that_start_at_once_one_is_killed_and_nobody_loses_anything) {
  for (std::uint64_t round = 1; round <= 1 + rounds() / 20; ++round) {
    BOOST_TEST_CONTEXT("round " << round << ", FIELDNOTE_FAULT_SEED=" << seed()) {
      Chance chance(round);
      // A new computer: keys, folders and database are made by four at once.
      const Workplace workplace;
      std::list<Place> places;
      for (int i = 0; i < 4; ++i) places.emplace_back(workplace, chance);
      for (Place& place : places) place.browser.work(100);
      const auto dies = Clock::now() +
                        chance.moment(std::chrono::milliseconds(5), std::chrono::milliseconds(200));
      // All are served in turns of a few milliseconds, the one that dies among them.
      const auto turn = [&](Place& place) {
        place.browser.talk(place.port, Clock::now() + milliseconds(2));
      };
      while (Clock::now() < dies)
        for (Place& place : places) turn(place);
      places.front().host.kill();
      places.front().browser.hear_out(places.front().port);
      places.front().browser.disconnect();
      const auto patience = Clock::now() + std::chrono::seconds(20);
      for (auto at = std::next(places.begin()); at != places.end(); ++at) {
        at->browser.talk(at->port, patience);
        BOOST_REQUIRE_MESSAGE(at->browser.settled(), at->browser.breach()
                                                         << at->browser.sentence());
        require_end(at->host);
      }
      const auto all = workplace.stored();
      for (Place& place : places) {
        const std::string fault = place.browser.fault_in(all);
        BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
      }
      const std::string fault = workplace.fault_in_working_on(places.front().browser);
      BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
    }
  }
}

BOOST_AUTO_TEST_CASE(four_hosts_and_two_sealers_share_one_spool) {
  const Workplace workplace;
  Chance chance(1);
  std::list<Place> places;
  for (int i = 0; i < 4; ++i) places.emplace_back(workplace, chance);
  const auto turns = [&](int count) {
    for (; count > 0; --count)
      for (Place& place : places) {
        place.browser.work(2);
        place.browser.talk(place.port, Clock::now() + milliseconds(5));
      }
  };
  turns(10);
  std::vector<Process> sealers;
  for (int i = 0; i < 2; ++i)
    sealers.push_back(
        workplace.command({"seal", "--now", "--policy", (workplace.folder() / "policy").string()}));
  turns(20);
  for (Process& sealer : sealers) {
    const auto end = sealer.wait(milliseconds(20000));
    BOOST_REQUIRE_MESSAGE(end && *end == End{0}, sealer.errors());
  }
  for (Place& place : places) {
    place.browser.talk(place.port);
    BOOST_REQUIRE_MESSAGE(place.browser.settled(), place.browser.breach()
                                                       << place.browser.sentence());
    require_end(place.host);
  }
  const auto all = workplace.stored();
  for (Place& place : places) {
    const std::string fault = place.browser.fault_in(all);
    BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
