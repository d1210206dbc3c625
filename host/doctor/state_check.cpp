#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "doctor/checks.hpp"
#include "spool/spool.hpp"

namespace fieldnote::doctor {
namespace {

constexpr unsigned long long megabyte = 1 << 20;
// statfs(2): what is gone with the next start of the machine.
constexpr long tmpfs = 0x01021994;
constexpr long ramfs = static_cast<long>(0x858458f6);

std::string spelled(mode_t mode) {
  const char digits[] = {static_cast<char>('0' + (mode >> 6 & 7)),
                         static_cast<char>('0' + (mode >> 3 & 7)),
                         static_cast<char>('0' + (mode & 7))};
  return "0" + std::string(digits, 3);
}

// Ours alone: a folder 0700, files 0600.
bool check_owner(const Machine& machine, const fs::path& path, mode_t wanted, Findings& out) {
  struct stat facts {};
  if (::lstat(machine.at(path).c_str(), &facts) != 0) return true;
  if (S_ISLNK(facts.st_mode)) {
    out.push_back({Level::error, "state_folder", path.string() + " is a symbolic link",
                   "set XDG_STATE_HOME to where it leads, and remove the link"});
    return false;
  }
  if (facts.st_uid != ::geteuid()) {
    out.push_back({Level::error, "state_folder", path.string() + " belongs to another account",
                   "chown -R " + machine.account.user + ' ' + path.string()});
    return false;
  }
  if ((facts.st_mode & 077) != 0) {
    out.push_back({Level::error, "state_folder",
                   path.string() + " can be reached by other accounts (mode " +
                       spelled(facts.st_mode & 0777) + ')',
                   "chmod " + spelled(wanted).substr(1) + ' ' + path.string()});
    return false;
  }
  return true;
}

fs::path nearest_there(fs::path path) {
  while (!fs::exists(path) && path.has_relative_path()) path = path.parent_path();
  return path;
}

std::string in_words(unsigned long long bytes) {
  const unsigned long long megabytes = bytes / megabyte;
  return megabytes < 10'240 ? std::to_string(megabytes) + " MB"
                            : std::to_string(megabytes / 1024) + " GB";
}

void check_room(const Machine& machine, const Result<policy::Policy>& policy, Findings& out) {
  const fs::path folder = nearest_there(machine.at(machine.state));
  struct statvfs room {};
  if (::statvfs(folder.c_str(), &room) != 0) return;
  const unsigned long long free = static_cast<unsigned long long>(room.f_bavail) * room.f_frsize;
  const unsigned long long wanted = (policy ? policy->retention_megabytes : 512) * megabyte;
  const std::string have = in_words(free);
  if (free < 64 * megabyte)
    out.push_back({Level::error, "disk",
                   have + " are free where held events lie: recording stops when there is no room",
                   "make room on the file system of " + machine.state.string()});
  else if (free < wanted)
    out.push_back({Level::warning, "disk",
                   have + " are free where held events lie, and the policy lets " +
                       in_words(wanted) + " be held",
                   "make room on the file system of " + machine.state.string() +
                       ", or lower \"retention\" in policy.json"});
  else
    out.push_back({Level::ok, "disk", have + " are free where held events lie", {}});
}

void check_lasting(const Machine& machine, Findings& out) {
  struct statfs facts {};
  if (::statfs(nearest_there(machine.at(machine.state)).c_str(), &facts) != 0) return;
  const auto type = static_cast<long>(facts.f_type);
  if (type != tmpfs && type != ramfs) return;
  out.push_back({Level::warning, "lasting_home",
                 machine.state.string() +
                     " lies in memory: what is held is lost when the machine stops, and the yes "
                     "with it",
                 "set XDG_STATE_HOME to a folder that stays"});
}

void check_spool(const Machine& machine, Findings& out) {
  const fs::path folder = machine.at(machine.state);
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    if (at->path().filename().string().find(".damaged-") != std::string::npos)
      out.push_back({Level::warning, "damaged_spool",
                     (machine.state / at->path().filename()).string() +
                         " was damaged and set aside; recording goes on without it",
                     "look at the disk (`smartctl -a`), then remove the file"});
  if (!fs::exists(folder / "spool.db", failed)) {
    out.push_back({Level::ok, "spool", "nothing was ever held for this account", {}});
    return;
  }
  if (!fs::exists(folder / "device.key", failed)) {
    out.push_back({Level::error, "spool",
                   "device.key is missing beside spool.db: what is held can be opened by nobody",
                   "restore " + (machine.state / "device.key").string() +
                       " from a backup, or remove spool.db"});
    return;
  }
  const auto spool = spool::Spool::open(folder);
  if (spool)
    out.push_back({Level::ok, "spool", "the store opens", {}});
  else
    out.push_back({Level::error, "spool", spool.error().sentence,
                   "start the browser once: a damaged store is set aside then"});
}

}  // namespace

void check_state(const Machine& machine, const Result<policy::Policy>& policy, Findings& out) {
  if (::geteuid() == 0)
    out.push_back({Level::warning, "account",
                   "this runs as root: it looks at root's own store, not at a person's",
                   "sudo -u PERSON fieldnote doctor"});
  bool ours = check_owner(machine, machine.state, 0700, out);
  for (const char* name : {"device.key", "participant.key", "spool.db"})
    ours = check_owner(machine, machine.state / name, 0600, out) && ours;
  check_lasting(machine, out);
  check_room(machine, policy, out);
  if (ours) check_spool(machine, out);
}

}  // namespace fieldnote::doctor
