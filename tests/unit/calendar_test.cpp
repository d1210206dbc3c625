// ISO 8601 weeks where they are hard: around New Year.
#include "platform/calendar.hpp"

#include <boost/test/unit_test.hpp>

namespace fieldnote::platform {
namespace {

using namespace std::chrono;

std::string week_of(int y, unsigned m, unsigned d) {
  return iso_week(sys_days(year(y) / month(m) / day(d)));
}

BOOST_AUTO_TEST_SUITE(calendar)

BOOST_AUTO_TEST_CASE(a_week_belongs_to_the_year_of_its_thursday) {
  BOOST_TEST(week_of(2026, 11, 23) == "2026-W48");
  BOOST_TEST(week_of(2026, 1, 1) == "2026-W01");
  BOOST_TEST(week_of(2025, 12, 29) == "2026-W01");
  BOOST_TEST(week_of(2025, 12, 28) == "2025-W52");
  BOOST_TEST(week_of(2027, 1, 3) == "2026-W53");
  BOOST_TEST(week_of(2027, 1, 4) == "2027-W01");
  BOOST_TEST(week_of(2021, 1, 3) == "2020-W53");
  BOOST_TEST(week_of(2024, 12, 30) == "2025-W01");
  BOOST_TEST(week_of(2023, 1, 1) == "2022-W52");
}

BOOST_AUTO_TEST_CASE(leap_days_count) {
  BOOST_TEST(week_of(2024, 2, 29) == "2024-W09");
  BOOST_TEST(week_of(2024, 12, 29) == "2024-W52");
  BOOST_TEST(week_of(2000, 2, 29) == "2000-W09");
}

BOOST_AUTO_TEST_CASE(a_week_begins_on_monday_and_never_steps_back) {
  for (sys_days at = year(2019) / 1 / 1; at < sys_days(year(2033) / 1 / 1); at += days(1)) {
    const std::string today = iso_week(at);
    const std::string tomorrow = iso_week(at + days(1));
    if (weekday(at) == Sunday)
      BOOST_TEST(today < tomorrow);
    else
      BOOST_TEST(today == tomorrow);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::platform
