// Browsers that are on the machine, and how they came there: a browser in a snap or a flatpak sees
// another file system and starts no program of ours by itself.
#pragma once

#include <vector>

#include "doctor/machine.hpp"
#include "policy/browser.hpp"

namespace fieldnote::doctor {

enum class Packaging { system, snap, flatpak };

[[nodiscard]] std::string_view word(Packaging packaging);

struct InstalledBrowser {
  const policy::Browser* browser;
  Packaging packaging;
  fs::path program;

  // "Firefox (snap)"
  [[nodiscard]] std::string title() const;
  [[nodiscard]] bool in_system() const { return packaging == Packaging::system; }
};

[[nodiscard]] std::vector<InstalledBrowser> installed_browsers(const Machine& machine);

}  // namespace fieldnote::doctor
