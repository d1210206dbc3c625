#include "platform/account.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

namespace fieldnote::platform {
namespace {

constexpr std::size_t first_room = 4096;
constexpr std::size_t most_room = 1 << 20;

// The name of a group; nothing where the number has none.
Result<std::optional<std::string>> group_name(gid_t gid) {
  std::vector<char> room(first_room);
  while (true) {
    group entry{};
    group* found = nullptr;
    const int failed = ::getgrgid_r(gid, &entry, room.data(), room.size(), &found);
    if (failed == ERANGE && room.size() < most_room) {
      room.resize(room.size() * 2);
      continue;
    }
    if (failed != 0) return os_error(failed, "group " + std::to_string(gid));
    if (found == nullptr) return std::optional<std::string>();
    return std::optional<std::string>(entry.gr_name);
  }
}

}  // namespace

Result<Account> current_account() {
  std::vector<char> room(most_room);
  passwd entry{};
  passwd* found = nullptr;
  if (const int failed = ::getpwuid_r(::geteuid(), &entry, room.data(), room.size(), &found);
      failed != 0)
    return os_error(failed, "the account of this process");
  if (found == nullptr)
    return Error{boost::system::errc::make_error_code(boost::system::errc::no_such_process),
                 "user " + std::to_string(::geteuid()) + " has no entry in the account database"};
  Account account{entry.pw_name, {}};

  int count = 64;
  std::vector<gid_t> gids(static_cast<std::size_t>(count));
  while (::getgrouplist(entry.pw_name, entry.pw_gid, gids.data(), &count) < 0)
    gids.resize(static_cast<std::size_t>(count));
  gids.resize(static_cast<std::size_t>(count));
  for (const gid_t gid : gids) {
    auto name = group_name(gid);
    if (!name) return name.error();
    if (*name) account.groups.push_back(std::move(**name));
  }
  return account;
}

}  // namespace fieldnote::platform
