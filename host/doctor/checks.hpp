// What is looked at, one function a subject. None needs root, and none changes anything, except
// that the store is opened as the host opens it.
#pragma once

#include <string>
#include <vector>

#include "doctor/finding.hpp"
#include "doctor/installed_browser.hpp"
#include "doctor/machine.hpp"
#include "policy/policy.hpp"

namespace fieldnote::doctor {

// What a manifest of this machine says of the host program; empty where none can be read.
struct HostProgram {
  fs::path path;
  std::string caller;  // an extension that may start it, as the browser names it
};

// Fieldnote's own policy, and what it means for this account.
void check_policy(const Machine& machine, const Result<policy::Policy>& policy, Findings& out);
// Native messaging manifests: there, readable, naming a program that is there, not shadowed.
[[nodiscard]] HostProgram check_manifests(const Machine& machine,
                                          const std::vector<InstalledBrowser>& browsers,
                                          const Result<policy::Policy>& policy, Findings& out);
// The browser's own policy: the extension forced in, its hosts those of the policy, nothing that
// overrules it. And which version is installed in the profiles.
void check_browser_policy(const Machine& machine, const InstalledBrowser& browser,
                          const Result<policy::Policy>& policy, Findings& out);
void check_profiles(const Machine& machine, const InstalledBrowser& browser, Findings& out);
// What confines a browser: snap, flatpak and its portal, AppArmor, SELinux.
void check_confinement(const Machine& machine, const InstalledBrowser& browser,
                       const Result<policy::Policy>& policy, Findings& out);
// The state folder: whose it is, on what it lies, how much room there is, whether it opens.
void check_state(const Machine& machine, const Result<policy::Policy>& policy, Findings& out);
// Swap that is not encrypted.
void check_swap(const Machine& machine, Findings& out);
// Where the host says what went wrong.
void check_log(const Machine& machine, Findings& out);
// Starts the host as a browser does and hears its hello.
void check_handshake(const Machine& machine, const HostProgram& host, Findings& out);

// All of them, in this order.
[[nodiscard]] Findings examine(const Machine& machine);

}  // namespace fieldnote::doctor
