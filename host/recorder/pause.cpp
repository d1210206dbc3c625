#include "recorder/pause.hpp"

#include <algorithm>

namespace fieldnote::recorder {
namespace {

using std::chrono::seconds;
constexpr seconds longest = std::chrono::days(31);

}  // namespace

Result<void> begin_pause(spool::Spool& spool, const channel::PauseRequest& request) {
  const auto now = platform::now();
  if (!now) return now.error();
  spool::Pause pause;
  pause.since = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::optional<seconds> lasts = request.minutes;
  if (request.until) lasts = *request.until - now->wall;
  if (lasts) {
    if (*lasts <= seconds(0) || *lasts > longest)
      return Error{channel::ProtocolError::message_invalid,
                   "a pause ends within the next 31 days, or when it is resumed"};
    pause.until = now->wall + *lasts;
    pause.boot = now->boot;
    pause.until_since_boot = now->since_boot + *lasts;
  }
  auto write = spool.write();
  if (!write) return write.error();
  if (auto set = write->set_pause(pause); !set) return set;
  return write->commit();
}

Result<void> end_pause(spool::Spool& spool) {
  auto write = spool.write();
  if (!write) return write.error();
  if (auto set = write->set_pause(std::nullopt); !set) return set;
  return write->commit();
}

std::optional<seconds> left_of(const std::optional<spool::Pause>& pause,
                               const platform::Moment& now) {
  if (!pause || !pause->until || pause->is_over(now)) return std::nullopt;
  const seconds left =
      now.boot == pause->boot ? pause->until_since_boot - now.since_boot : *pause->until - now.wall;
  return std::max(seconds(1), left);
}

}  // namespace fieldnote::recorder
