#include "doctor/installed_browser.hpp"

namespace fieldnote::doctor {
namespace {

struct Place {
  std::string_view browser;
  Packaging packaging;
  std::string_view path;
};

// One a way of packaging is enough: a browser is named once for each.
constexpr Place places[] = {
    {"chrome", Packaging::system, "/usr/bin/google-chrome"},
    {"chrome", Packaging::system, "/usr/bin/google-chrome-stable"},
    {"chrome", Packaging::flatpak, "/var/lib/flatpak/app/com.google.Chrome"},
    {"chromium", Packaging::system, "/usr/bin/chromium"},
    {"chromium", Packaging::system, "/usr/bin/chromium-browser"},
    {"chromium", Packaging::snap, "/snap/bin/chromium"},
    {"chromium", Packaging::flatpak, "/var/lib/flatpak/app/org.chromium.Chromium"},
    {"edge", Packaging::system, "/usr/bin/microsoft-edge"},
    {"edge", Packaging::system, "/usr/bin/microsoft-edge-stable"},
    {"edge", Packaging::flatpak, "/var/lib/flatpak/app/com.microsoft.Edge"},
    {"firefox", Packaging::system, "/usr/bin/firefox-esr"},
    {"firefox", Packaging::system, "/usr/bin/firefox"},
    {"firefox", Packaging::snap, "/snap/bin/firefox"},
    {"firefox", Packaging::flatpak, "/var/lib/flatpak/app/org.mozilla.firefox"},
};

// Ubuntu's /usr/bin/firefox and chromium-browser are small scripts that start the snap.
bool starts_a_snap(const Machine& machine, const fs::path& path) {
  std::error_code failed;
  const auto size = fs::file_size(machine.at(path), failed);
  if (failed || size > 64 << 10) return false;
  const auto text = machine.text(path);
  return text && text->starts_with("#!") && text->find("/snap/") != text->npos;
}

}  // namespace

std::string_view word(Packaging packaging) {
  switch (packaging) {
    case Packaging::snap:
      return "snap";
    case Packaging::flatpak:
      return "flatpak";
    case Packaging::system:
      break;
  }
  return "system";
}

std::string InstalledBrowser::title() const {
  return std::string(browser->title) +
         (in_system() ? std::string() : " (" + std::string(word(packaging)) + ')');
}

std::vector<InstalledBrowser> installed_browsers(const Machine& machine) {
  std::vector<InstalledBrowser> found;
  for (const Place& place : places) {
    if (!machine.has(place.path)) continue;
    if (place.packaging == Packaging::system && starts_a_snap(machine, place.path)) continue;
    const policy::Browser* browser = policy::browser_named(place.browser);
    if (!found.empty() && found.back().browser == browser &&
        found.back().packaging == place.packaging)
      continue;
    found.push_back({browser, place.packaging, place.path});
  }
  return found;
}

}  // namespace fieldnote::doctor
