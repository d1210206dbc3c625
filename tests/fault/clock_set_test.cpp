// The wall clock is set back and forth while hosts record and sealers seal.
#include <array>
#include <boost/test/unit_test.hpp>

#include "clocks.hpp"

namespace fieldnote::fault {

BOOST_AUTO_TEST_SUITE(clock_set)

BOOST_AUTO_TEST_CASE(a_clock_set_back_and_forth_loses_nothing_and_stops_nothing) {
  using std::chrono::days;
  constexpr std::array<std::chrono::seconds, 8> turns{
      days(0),     days(400),   days(-400), days(1), std::chrono::seconds(-1),
      days(-9000), days(20000), days(0)};
  const Workplace workplace;
  const Clocks clock(workplace);
  Chance chance(1);
  Browser browser(chance);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    BOOST_TEST_CONTEXT("turned by " << turns[i].count() << " s") {
      clock.set_wall(turns[i]);
      Process host = workplace.host(clock.environment());
      Port port(host);
      browser.work(3);
      browser.talk(port);
      BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
      // Under way the clock jumps to where it will be next.
      clock.set_wall(turns[(i + 1) % turns.size()]);
      browser.work(3);
      browser.talk(port);
      BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
      host.close_input();
      BOOST_TEST((host.wait(milliseconds(2000)) == End{0}));
      browser.disconnect();
      if (i % 2 == 1) {
        const Outcome sealed = workplace.seal(clock.environment());
        BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
      }
      const std::string fault = browser.fault_in(workplace.stored());
      BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
