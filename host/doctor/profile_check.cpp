#include <boost/json/object.hpp>

#include "doctor/checks.hpp"
#include "model/strict_json.hpp"

namespace fieldnote::doctor {
namespace {

// 1.2.3_0 in a profile's Extensions/ID
void look_in_profile(const Machine& machine, const fs::path& profile,
                     const InstalledBrowser& browser, Findings& out) {
  std::error_code failed;
  for (fs::directory_iterator at(machine.at(profile / "Extensions"), failed), end;
       !failed && at != end; at.increment(failed)) {
    std::error_code ignored;
    for (fs::directory_iterator version(at->path(), ignored), last; !ignored && version != last;
         version.increment(ignored)) {
      const auto manifest = platform::read_all(version->path() / "manifest.json", 1 << 20);
      // Its name is a message; what only it asks for tells that it is ours.
      if (!manifest || manifest->find("fieldnote@fieldnote.org") == manifest->npos) continue;
      const auto content = model::parse_strict(*manifest, model::Comments::refused);
      if (!content || !content->is_object()) continue;
      const boost::json::value* number = content->get_object().if_contains("version");
      out.push_back(
          {Level::ok,
           "extension",
           browser.title() + " has extension " + at->path().filename().string() + ", version " +
               (number != nullptr && number->is_string() ? std::string(number->get_string())
                                                         : "unknown"),
           {}});
    }
  }
}

fs::path profiles_of(const Machine& machine, const InstalledBrowser& browser) {
  const fs::path own = browser.browser->user_native_folder;
  return machine.home / own.parent_path() / (browser.browser->is_firefox ? "firefox" : "");
}

}  // namespace

void check_profiles(const Machine& machine, const InstalledBrowser& browser, Findings& out) {
  if (!browser.in_system()) return;
  const fs::path folder = profiles_of(machine, browser);
  std::error_code failed;
  const std::size_t before = out.size();
  for (fs::directory_iterator at(machine.at(folder), failed), end; !failed && at != end;
       at.increment(failed)) {
    const fs::path profile = folder / at->path().filename();
    if (!browser.browser->is_firefox) {
      look_in_profile(machine, profile, browser, out);
      continue;
    }
    std::error_code ignored;
    for (fs::directory_iterator file(machine.at(profile / "extensions"), ignored), last;
         !ignored && file != last; file.increment(ignored))
      if (file->path().filename().string().starts_with("fieldnote"))
        out.push_back({Level::ok,
                       "extension",
                       browser.title() + " has extension " + file->path().stem().string(),
                       {}});
  }
  if (out.size() == before && machine.has(folder))
    out.push_back(
        {Level::warning, "extension",
         browser.title() + " has not installed the extension in a profile of this account",
         "start the browser and look at its extensions; it needs to reach the feed"});
}

}  // namespace fieldnote::doctor
