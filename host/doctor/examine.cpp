#include "doctor/checks.hpp"

namespace fieldnote::doctor {

Findings examine(const Machine& machine) {
  Findings out;
  const auto policy = policy::read_policy(machine.at(machine.policy));
  check_policy(machine, policy, out);
  const auto browsers = installed_browsers(machine);
  if (browsers.empty())
    out.push_back({Level::error, "browser", "no browser that Fieldnote knows is installed",
                   "install Chromium, Chrome, Edge or Firefox as a package of the system"});
  for (const InstalledBrowser& browser : browsers)
    out.push_back({Level::ok, "browser", browser.title() + " is installed", {}});
  const HostProgram host = check_manifests(machine, browsers, policy, out);
  for (const InstalledBrowser& browser : browsers) {
    if (browser.in_system()) check_browser_policy(machine, browser, policy, out);
    check_profiles(machine, browser, out);
    check_confinement(machine, browser, policy, out);
  }
  check_state(machine, policy, out);
  check_swap(machine, out);
  check_log(machine, out);
  check_handshake(machine, host, out);
  return out;
}

}  // namespace fieldnote::doctor
