#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>

#include "doctor/checks.hpp"
#include "model/strict_json.hpp"
#include "policy/firefox_merge.hpp"
#include "policy/host_patterns.hpp"

namespace fieldnote::doctor {
namespace {

namespace json = boost::json;

constexpr const char* check = "browser_policy";

std::string render_for(const policy::Browser& browser) {
  return "fieldnote policy render --browser " + std::string(browser.name) +
         " --feed URL --out DIR, and put it where it says";
}

// Below policies of a file, key by key; nothing where the file is no JSON object.
std::optional<json::object> object_in(const std::string& text) {
  auto value = model::parse_strict(text, model::Comments::allowed);
  if (!value || !value->is_object()) return std::nullopt;
  return std::move(value->get_object());
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_object() ? &value->get_object() : nullptr;
}

bool lists(const json::object& object, std::string_view key, std::string_view text) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return false;
  return std::any_of(
      value->get_array().begin(), value->get_array().end(),
      [&](const json::value& one) { return one.is_string() && one.get_string() == text; });
}

// The entry of ExtensionSettings that is Fieldnote's.
const json::object* our_entry(const json::object& settings, bool is_firefox,
                              const Result<policy::Policy>& policy) {
  for (const auto& [id, entry] : settings) {
    if (!entry.is_object()) continue;
    if (policy && !policy->extension_ids.empty()) {
      const auto& ids = policy->extension_ids;
      if (std::find(ids.begin(), ids.end(), id) != ids.end()) return &entry.get_object();
    } else if (is_firefox ? policy::is_fieldnote_entry(id, entry) : id != "*") {
      return &entry.get_object();
    }
  }
  return nullptr;
}

// Hosts that the policy lists and the browser keeps the extension away from.
void check_hosts(const policy::Browser& browser, const json::object& entry, const std::string& file,
                 const policy::Policy& policy, Findings& out) {
  std::vector<const policy::Team*> teams;
  for (const policy::Team& team : policy.teams) teams.push_back(&team);
  const auto wanted = policy::host_patterns(teams);
  if (!wanted) {
    out.push_back({Level::error, check, wanted.error().sentence, "fieldnote policy check"});
    return;
  }
  std::size_t missing = 0;
  for (const std::string& pattern : wanted->patterns)
    if (!lists(entry, "runtime_allowed_hosts", pattern)) ++missing;
  if (missing > 0)
    out.push_back({Level::warning, "stale_browser_policy",
                   file + " does not allow " + std::to_string(missing) +
                       " of the hosts that the policy lists; rendered for a team alone, or from an "
                       "older policy",
                   render_for(browser)});
}

void check_entry(const policy::Browser& browser, const json::object& entry, const std::string& file,
                 const Result<policy::Policy>& policy, Findings& out) {
  const json::value* mode = entry.if_contains("installation_mode");
  if (mode == nullptr || !mode->is_string() || mode->get_string() != "force_installed")
    out.push_back({Level::error, check, file + " does not install the extension by force",
                   render_for(browser)});
  else if (!lists(entry, "runtime_blocked_hosts", "*://*"))
    out.push_back({Level::error, check,
                   file + " lets the extension near every host: the browser's own layer is missing",
                   render_for(browser)});
  else
    out.push_back(
        {Level::ok, check, std::string(browser.title) + " installs the extension by " + file, {}});
  if (policy) check_hosts(browser, entry, file, *policy, out);
}

void check_messaging(const json::object& content, const std::string& file, Findings& out) {
  const bool blocked = lists(content, "NativeMessagingBlocklist", "*") ||
                       lists(content, "NativeMessagingBlocklist", policy::host_name);
  if (blocked && !lists(content, "NativeMessagingAllowlist", policy::host_name))
    out.push_back({Level::error, "native_messaging",
                   file + " blocks the native messaging host " + std::string(policy::host_name),
                   "add \"" + std::string(policy::host_name) +
                       "\" to \"NativeMessagingAllowlist\" in " + file});
}

// Chromium's kin read every file of the folder; of two that set one key, one wins.
void check_chromium(const Machine& machine, const policy::Browser& browser,
                    const Result<policy::Policy>& policy, Findings& out) {
  const fs::path folder = fs::path(browser.policy_file).parent_path();
  std::map<std::string, std::vector<std::string>> setters;
  bool found = false;
  std::error_code failed;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(machine.at(folder), failed), end; !failed && at != end;
       at.increment(failed))
    if (at->path().extension() == ".json") files.push_back(folder / at->path().filename());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const auto text = machine.text(file);
    const auto content = text ? object_in(*text) : std::nullopt;
    if (!content) {
      out.push_back({Level::error, check,
                     file.string() + " is no JSON that the browser takes, and is passed over",
                     "mend or remove " + file.string()});
      continue;
    }
    for (const char* key : {"ExtensionSettings", "NativeMessagingAllowlist",
                            "NativeMessagingBlocklist", "NativeMessagingUserLevelHosts"})
      if (content->contains(key)) setters[key].push_back(file.string());
    check_messaging(*content, file.string(), out);
    const json::object* settings = object_at(*content, "ExtensionSettings");
    const json::object* entry = settings != nullptr ? our_entry(*settings, false, policy) : nullptr;
    if (entry == nullptr) continue;
    found = true;
    check_entry(browser, *entry, file.string(), policy, out);
  }
  for (const auto& [key, by] : setters)
    if (by.size() > 1)
      out.push_back({Level::error, "contradicting_policy",
                     by[0] + " and " + by[1] + " both set " + key + ": one of them is passed over",
                     "write " + key + " into one of the two files"});
  if (!found)
    out.push_back({Level::error, check,
                   "no policy in " + folder.string() + " installs the extension",
                   render_for(browser)});
}

void check_firefox(const Machine& machine, const policy::Browser& browser,
                   const Result<policy::Policy>& policy, Findings& out) {
  const std::string file(browser.policy_file);
  const auto text = machine.text(file);
  const auto content = text ? object_in(*text) : std::nullopt;
  if (text && !content) {
    out.push_back({Level::error, check, file + " is no JSON, and Firefox passes all of it over",
                   "mend " + file});
    return;
  }
  const json::object* policies = content ? object_at(*content, "policies") : nullptr;
  const json::object* settings =
      policies != nullptr ? object_at(*policies, "ExtensionSettings") : nullptr;
  const json::object* entry = settings != nullptr ? our_entry(*settings, true, policy) : nullptr;
  if (entry == nullptr)
    out.push_back({Level::error, check, "no policy in " + file + " installs the extension",
                   "fieldnote policy render --browser firefox --feed URL --out DIR, then fieldnote "
                   "policy merge DIR/firefox-policies.json"});
  else
    check_entry(browser, *entry, file, policy, out);
}

}  // namespace

void check_browser_policy(const Machine& machine, const InstalledBrowser& browser,
                          const Result<policy::Policy>& policy, Findings& out) {
  if (browser.browser->is_firefox)
    check_firefox(machine, *browser.browser, policy, out);
  else
    check_chromium(machine, *browser.browser, policy, out);
}

}  // namespace fieldnote::doctor
