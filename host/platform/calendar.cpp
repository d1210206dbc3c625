#include "platform/calendar.hpp"

#include <array>
#include <cstdio>

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

}  // namespace fieldnote::platform
