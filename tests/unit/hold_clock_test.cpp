#include "spool/hold_clock.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace fieldnote;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

// A machine that is used, left alone, restarted and lied to about the time.
class Machine {
 public:
  Machine() { clock.advance(moment_); }
  void use(seconds duration) {
    pass(duration);
    clock.advance(moment_);
  }
  void pass(seconds duration) {
    moment_.wall += duration;
    moment_.since_boot += duration;
  }
  void restart() {
    moment_.boot += "+";
    moment_.since_boot = 60s;
  }
  void set_wall_clock(seconds by) {
    moment_.wall += by;
    clock.advance(moment_);
  }

  spool::HoldClock clock;

 private:
  platform::Moment moment_{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 9h, "boot",
                           1000s};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hold_clock)

BOOST_AUTO_TEST_CASE(within_a_day_time_passes_as_it_does) {
  Machine machine;
  machine.use(3h);
  BOOST_TEST(machine.clock.use.count() == seconds(3h).count());
  BOOST_TEST(machine.clock.age.count() == seconds(3h).count());
}

BOOST_AUTO_TEST_CASE(a_day_of_use_counts_a_day_however_long_it_was_used) {
  Machine machine;
  machine.use(8h);
  machine.pass(16h);
  machine.use(1s);
  BOOST_TEST(machine.clock.use.count() == seconds(24h).count());
}

BOOST_AUTO_TEST_CASE(days_without_use_do_not_count_for_the_review_window) {
  Machine machine;
  machine.use(8h);
  machine.pass(days(14));
  machine.use(1s);
  BOOST_TEST(machine.clock.use.count() == seconds(24h).count());
  BOOST_TEST(machine.clock.age.count() == seconds(days(14) + 8h + 1s).count());
}

BOOST_AUTO_TEST_CASE(the_wall_clock_turned_forward_turns_nothing_forward) {
  Machine machine;
  machine.use(1h);
  for (int i = 0; i < 40; ++i) machine.set_wall_clock(days(30));
  BOOST_TEST(machine.clock.use.count() == seconds(1h).count());
  BOOST_TEST(machine.clock.age.count() == seconds(1h).count());
}

BOOST_AUTO_TEST_CASE(the_wall_clock_turned_back_stops_nothing) {
  Machine machine;
  machine.use(1h);
  machine.set_wall_clock(-days(4000));
  for (int i = 0; i < 5; ++i) {
    machine.pass(24h);
    machine.use(0s);
  }
  BOOST_TEST(machine.clock.use.count() == seconds(days(5)).count());
  BOOST_TEST(machine.clock.age.count() == seconds(days(5) + 1h).count());
}

BOOST_AUTO_TEST_CASE(a_restart_at_night_is_a_new_day_of_use) {
  Machine machine;
  machine.use(8h);
  machine.pass(15h);
  machine.restart();
  machine.use(1h);
  BOOST_TEST(machine.clock.use.count() == seconds(24h).count());
  BOOST_TEST(machine.clock.age.count() == seconds(24h).count());
}

BOOST_AUTO_TEST_CASE(a_restart_within_a_day_goes_on_with_it) {
  Machine machine;
  machine.use(2h);
  machine.pass(1h);
  machine.restart();
  machine.use(1h);
  BOOST_TEST(machine.clock.use.count() == seconds(4h).count());
}

BOOST_AUTO_TEST_CASE(readings_never_go_back) {
  Machine machine;
  auto use = machine.clock.use;
  auto age = machine.clock.age;
  for (int i = 0; i < 200; ++i) {
    switch (i % 5) {
      case 0:
        machine.use(hours(i % 7));
        break;
      case 1:
        machine.set_wall_clock(-hours(i));
        break;
      case 2:
        machine.restart();
        break;
      case 3:
        machine.set_wall_clock(hours(i % 11));
        break;
      default:
        machine.pass(hours(i % 30));
        break;
    }
    BOOST_TEST((machine.clock.use >= use && machine.clock.age >= age));
    use = machine.clock.use;
    age = machine.clock.age;
  }
}

BOOST_AUTO_TEST_SUITE_END()
