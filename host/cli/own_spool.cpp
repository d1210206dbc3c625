#include "cli/own_spool.hpp"

#include <array>

#include "cli/terminal.hpp"
#include "platform/calendar.hpp"
#include "platform/paths.hpp"
#include "platform/sandbox.hpp"
#include "spool/damage.hpp"

namespace fieldnote::cli {

Result<std::optional<spool::Spool>> open_own_spool(Missing missing) {
  const auto folder = platform::state_folder();
  if (!folder) return folder.error();
  if (missing == Missing::is_none && !platform::fs::exists(*folder / "spool.db"))
    return std::optional<spool::Spool>();
  static_cast<void>(platform::local_day());  // while the time zone can be read
  auto spool = spool::Spool::open(*folder);
  if (!spool && spool::means_full(spool.error())) {
    // Whoever deletes or sends makes room, and takes some first.
    spool::Spool::spend_reserve(*folder);
    spool = spool::Spool::open(*folder);
  }
  if (!spool) return spool.error();
  const std::array<platform::fs::path, 1> writable{*folder};
  if (const auto level = platform::enter_sandbox(writable); !level) return level.error();
  return std::optional<spool::Spool>(std::move(*spool));
}

Exit fail_own(const Error& error, const spool::Spool& spool) {
  if (error.code == make_error_code(spool::SpoolError::damaged)) spool::mark_damage(spool.folder());
  return fail(error);
}

OwnPolicy::OwnPolicy(const std::string& folder) : policy_(policy::read_policy(folder)) {
  if (!policy_) return;
  const auto account = platform::current_account();
  if (account) assignment_.emplace(*policy_, *account);
}

}  // namespace fieldnote::cli
