#include "doctor/checks.hpp"

namespace fieldnote::doctor {
namespace {

// A sandboxed Firefox starts a host by a portal, which cannot say which extension asks; a sandboxed
// Chromium has no way at all (crbug.com/40260213).
void check_sandboxed(const Machine& machine, const InstalledBrowser& browser,
                     const Result<policy::Policy>& policy, Findings& out) {
  if (!browser.browser->is_firefox) {
    out.push_back(
        {Level::error, "sandboxed_browser",
         browser.title() + " can start no program of this machine, so nothing in it is "
                           "recorded",
         "install " + std::string(browser.browser->title) + " as a package of the system"});
    return;
  }
  if (policy && !policy->allow_portal)
    out.push_back({Level::error, "portal",
                   browser.title() + " starts the host by a portal that does not say which "
                                     "extension asks, and the policy does not allow that",
                   "set \"allow_portal\": true in policy.json, or install Firefox as a package of "
                   "the system"});
  const fs::path store = machine.home / ".local/share/flatpak/db/webextensions";
  const auto permissions = machine.text(store);
  if (!permissions || permissions->find(policy::host_name) == permissions->npos)
    out.push_back({Level::warning, "portal_permission",
                   "nobody has allowed " + browser.title() +
                       " to start the host yet; the desktop "
                       "asks the person once",
                   "flatpak permission-set webextensions " + std::string(policy::host_name) +
                       (browser.packaging == Packaging::snap ? " snap.firefox yes"
                                                             : " org.mozilla.firefox yes")});
}

// The profile that the distribution ships, in force, says which programs the browser may start.
void check_apparmor(const Machine& machine, const InstalledBrowser& browser, Findings& out) {
  const std::string name = browser.program.filename().string();
  const std::string profile = "usr.bin." + name;
  const auto text = machine.text("/etc/apparmor.d/" + profile);
  if (!text || machine.has("/etc/apparmor.d/disable/" + profile)) return;
  if (text->find("flags=(unconfined)") != text->npos ||
      text->find("flags=(complain)") != text->npos || text->find("fieldnote-host") != text->npos)
    return;
  const std::string local = "/etc/apparmor.d/local/" + profile;
  const auto ours = machine.text(local);
  if (ours && ours->find("fieldnote-host") != ours->npos) return;
  out.push_back({Level::error, "apparmor",
                 "/etc/apparmor.d/" + profile + " confines " + browser.title() +
                     " and does not let it start the host",
                 "echo '/usr/libexec/fieldnote-host Ux,' >> " + local +
                     " && apparmor_parser -r /etc/apparmor.d/" + profile});
}

void check_selinux(const Machine& machine, Findings& out) {
  const auto enforce = machine.text("/sys/fs/selinux/enforce");
  if (!enforce || !enforce->starts_with('1')) return;
  out.push_back({Level::warning, "selinux",
                 "SELinux is enforcing; what it keeps the browser from stands in the audit log",
                 "restorecon -v /usr/libexec/fieldnote-host; ausearch -m avc -c fieldnote-host"});
}

}  // namespace

void check_confinement(const Machine& machine, const InstalledBrowser& browser,
                       const Result<policy::Policy>& policy, Findings& out) {
  if (!browser.in_system())
    check_sandboxed(machine, browser, policy, out);
  else
    check_apparmor(machine, browser, out);
  for (const Finding& finding : out)
    if (finding.check == "selinux") return;
  check_selinux(machine, out);
}

}  // namespace fieldnote::doctor
