#include "policy/browser_policy.hpp"

#include <algorithm>

#include "policy/host_patterns.hpp"
#include "policy/policy_error.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

Error refused(std::string sentence) {
  return {PolicyError::out_of_range, std::move(sentence)};
}

bool is_chromium_id(std::string_view id) {
  return id.size() == 32 && id.find_first_not_of("abcdefghijklmnop") == std::string_view::npos;
}

bool is_firefox_id(std::string_view id) {
  return id.find('@') != std::string_view::npos && id.find_first_of(" /\"\\") == id.npos;
}

Result<std::string> extension_id(const Policy& policy, const Browser& browser,
                                 const std::string& wanted) {
  const auto fits = browser.is_firefox ? is_firefox_id : is_chromium_id;
  const auto& ids = policy.extension_ids;
  if (!wanted.empty()) {
    if (!fits(wanted))
      return refused("\"" + wanted + "\" is no extension id of " + std::string(browser.title));
    if (!ids.empty() && std::find(ids.begin(), ids.end(), wanted) == ids.end())
      return refused("\"extension_ids\" in policy.json does not name " + wanted +
                     ": the host would refuse it; add it there");
    return wanted;
  }
  std::vector<std::string> fitting;
  std::copy_if(ids.begin(), ids.end(), std::back_inserter(fitting), fits);
  if (fitting.size() == 1) return fitting.front();
  return refused(std::string(fitting.empty() ? "no" : "more than one") + " extension id of " +
                 std::string(browser.title) +
                 " stands in \"extension_ids\" in policy.json; name one with --extension-id");
}

Result<void> check_feed(const std::string& feed) {
  for (const std::string_view scheme : {"https://", "http://", "file:///"})
    if (feed.starts_with(scheme) && !feed.ends_with('/') &&
        feed.find_first_of("?# \"") == std::string::npos)
      return {};
  return refused("\"" + feed +
                 "\" is no place of a feed; write it like https://updates.corp.example/fieldnote");
}

Result<std::vector<const Team*>> teams_of(const Policy& policy,
                                          const std::vector<std::string>& names) {
  std::vector<const Team*> teams;
  for (const Team& team : policy.teams)
    if (names.empty() || std::find(names.begin(), names.end(), team.name) != names.end())
      teams.push_back(&team);
  for (const std::string& name : names)
    if (std::none_of(teams.begin(), teams.end(),
                     [&](const Team* team) { return team->name == name; }))
      return refused("there is no team \"" + name + '"');
  if (teams.empty()) return refused("the policy has no team, so there is nothing to render");
  return teams;
}

json::array texts(const std::vector<std::string>& list) {
  json::array array;
  for (const std::string& text : list) array.emplace_back(text);
  return array;
}

json::object chromium_settings(const RenderOptions& options, const json::array& hosts) {
  return {{"installation_mode", "force_installed"},
          {"update_url", options.feed + "/updates.xml"},
          // Without it later updates would follow the address in the extension's own manifest.
          {"override_update_url", true},
          {"toolbar_pin", "force_pinned"},
          {"runtime_blocked_hosts", {"*://*"}},
          {"runtime_allowed_hosts", hosts}};
}

json::object chromium_content(const std::string& id, const RenderOptions& options,
                              const json::array& hosts) {
  std::vector<std::string> allowed{std::string(host_name)};
  allowed.insert(allowed.end(), options.other_native_hosts.begin(),
                 options.other_native_hosts.end());
  return {{"ExtensionSettings", {{id, chromium_settings(options, hosts)}}},
          {"NativeMessagingBlocklist", {"*"}},
          {"NativeMessagingAllowlist", texts(allowed)},
          {"NativeMessagingUserLevelHosts", false}};
}

json::object firefox_content(const std::string& id, const RenderOptions& options,
                             const json::array& hosts) {
  const json::object settings{{"installation_mode", "force_installed"},
                              {"install_url", options.feed + "/fieldnote.xpi"},
                              {"update_url", options.feed + "/updates.json"},
                              {"default_area", "navbar"},
                              {"private_browsing", false},
                              {"runtime_blocked_hosts", {"*://*"}},
                              {"runtime_allowed_hosts", hosts}};
  return {{"policies", {{"ExtensionSettings", {{id, settings}}}}}};
}

void note_sites(const std::vector<const Team*>& teams, const HostPatterns& hosts,
                std::vector<std::string>& notes) {
  std::size_t narrower = 0;
  std::size_t exclusions = 0;
  for (const Team* team : teams) {
    exclusions += team->exclude.size();
    for (const Site& site : team->sites)
      if (!site.pattern.is_whole_host() || !site.pattern.has_own_port()) ++narrower;
  }
  if (narrower > 0)
    notes.push_back("the browser knows hosts only: the path or port of " +
                    (narrower == 1 ? "a site" : std::to_string(narrower) + " sites") +
                    " is held by extension and host alone");
  if (exclusions > 0)
    notes.push_back("the browser's allowlist knows no exclusions: " +
                    (exclusions == 1 ? "one is" : std::to_string(exclusions) + " are") +
                    " held by extension and host alone");
  if (teams.size() > 1)
    notes.push_back(
        "the browser knows the machine and not the person: it lets the extension near "
        "the hosts of " +
        std::to_string(teams.size()) + " teams; extension and host hold each person to their own");
  for (const std::string& pattern : hosts.folded)
    notes.push_back("folded, to stay within " + std::to_string(max_host_patterns) +
                    " hosts: " + pattern + " reaches hosts that the policy does not list");
}

void note_chromium(const Browser& browser, std::vector<std::string>& notes) {
  notes.push_back(
      "every other native messaging host is blocked; name those that are in use with "
      "--also-allow");
  notes.push_back(
      "where another policy file sets ExtensionSettings or NativeMessagingAllowlist, one of them "
      "wins: write both into one file");
  if (browser.name == "edge")
    notes.push_back(
        "Microsoft documents no policy folder for Linux; /etc/opt/edge is what it "
        "reads in practice, and was not tried here");
}

void note_firefox(std::vector<std::string>& notes) {
  notes.push_back(
      "policies are read when Firefox starts: what narrows holds in extension and host "
      "at once, in the browser's own layer at its next start");
  notes.push_back(
      "before Firefox 153 the allowed hosts are not enforced; build the extension for "
      "the organisation's hosts (packaging/dev package --hosts)");
  notes.push_back(
      "no policy keeps a user from putting a native messaging manifest of their own "
      "before the machine's; `fieldnote doctor` looks for one");
  notes.push_back(
      "the button is put on the toolbar once and can be taken away; the extension then "
      "says so in the page");
  notes.push_back("Firefox installs only what Mozilla has signed");
}

}  // namespace

Result<BrowserPolicy> render(const Policy& policy, const Browser& browser,
                             const RenderOptions& options) {
  const auto id = extension_id(policy, browser, options.extension_id);
  if (!id) return id.error();
  if (auto good = check_feed(options.feed); !good) return good.error();
  const auto teams = teams_of(policy, options.teams);
  if (!teams) return teams.error();
  const auto hosts = host_patterns(*teams);
  if (!hosts) return hosts.error();
  const json::array patterns = texts(hosts->patterns);
  BrowserPolicy result{browser.is_firefox ? firefox_content(*id, options, patterns)
                                          : chromium_content(*id, options, patterns),
                       {}};
  note_sites(*teams, *hosts, result.notes);
  if (browser.is_firefox)
    note_firefox(result.notes);
  else
    note_chromium(browser, result.notes);
  if (options.feed.starts_with("http://"))
    result.notes.push_back("the feed is http: anybody on the way can keep an update back");
  return result;
}

json::object native_manifest(const Browser& browser, const std::string& extension_id,
                             const std::string& program) {
  json::object manifest{
      {"name", host_name},
      {"description", "Fieldnote: filters, redacts, encrypts and keeps what the extension records"},
      {"path", program},
      {"type", "stdio"}};
  if (browser.is_firefox)
    manifest["allowed_extensions"] = {extension_id};
  else
    manifest["allowed_origins"] = {"chrome-extension://" + extension_id + "/"};
  return manifest;
}

}  // namespace fieldnote::policy
