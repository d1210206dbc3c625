#include "platform/calendar.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace fieldnote::platform {

std::string iso_week(std::chrono::sys_days day) {
  using namespace std::chrono;
  // A week belongs to the year that its Thursday lies in.
  const sys_days thursday = day - days(weekday(day).iso_encoding() - 1) + days(3);
  const year_month_day date(thursday);
  const sys_days first = date.year() / January / 1;
  const int week = static_cast<int>((thursday - first).count() / 7 + 1);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-W%02d", static_cast<int>(date.year()), week);
  return text.data();
}

std::int64_t local_day() {
  static const bool zone_is_read = (::tzset(), true);
  static_cast<void>(zone_is_read);
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::localtime_r(&now, &parts);
  const std::chrono::year_month_day date(
      std::chrono::year(parts.tm_year + 1900),
      std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
      std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  return std::chrono::sys_days(date).time_since_epoch().count();
}

}  // namespace fieldnote::platform
