#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "doctor/checks.hpp"
#include "model/strict_json.hpp"

namespace fieldnote::doctor {
namespace {

namespace json = boost::json;

constexpr const char* check = "native_manifest";

std::string file_name() {
  return std::string(policy::host_name) + ".json";
}

// Where a browser of the system looks; Firefox of Fedora and its kin in lib64.
std::vector<fs::path> places(const policy::Browser& browser) {
  std::vector<fs::path> folders{browser.native_folder};
  if (browser.is_firefox) folders.emplace_back("/usr/lib64/mozilla/native-messaging-hosts");
  for (fs::path& folder : folders) folder /= file_name();
  return folders;
}

struct Manifest {
  fs::path program;
  std::vector<std::string> callers;
};

Result<Manifest> read(const std::string& text, const policy::Browser& browser) {
  const auto wrong = [](const char* what) {
    return Error{boost::system::errc::make_error_code(boost::system::errc::invalid_argument), what};
  };
  const auto value = model::parse_strict(text, model::Comments::refused);
  if (!value || !value->is_object()) return wrong("is no JSON object");
  const json::object& object = value->get_object();
  const auto words = [&](std::string_view key) -> std::string {
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
  };
  if (words("name") != policy::host_name) return wrong("has another name than its file");
  if (words("type") != "stdio") return wrong("is not of type stdio");
  Manifest manifest{words("path"), {}};
  if (!manifest.program.is_absolute()) return wrong("names no absolute path of a program");
  const json::value* callers =
      object.if_contains(browser.is_firefox ? "allowed_extensions" : "allowed_origins");
  if (callers == nullptr || !callers->is_array() || callers->get_array().empty())
    return wrong("lets no extension of this browser start the program");
  for (const json::value& caller : callers->get_array())
    if (caller.is_string()) manifest.callers.emplace_back(caller.get_string());
  return manifest;
}

// "chrome-extension://ID/" or "ID", as the policy names it.
std::string id_of(std::string_view caller) {
  constexpr std::string_view scheme = "chrome-extension://";
  if (caller.starts_with(scheme)) caller.remove_prefix(scheme.size());
  if (caller.ends_with('/')) caller.remove_suffix(1);
  return std::string(caller);
}

void check_program(const Machine& machine, const fs::path& program, const fs::path& manifest,
                   Findings& out) {
  struct stat facts {};
  const fs::path path = machine.at(program);
  if (::stat(path.c_str(), &facts) != 0) {
    out.push_back({Level::error, "host_program",
                   manifest.string() + " names " + program.string() + ", which is not there",
                   machine.reinstalling()});
  } else if (!S_ISREG(facts.st_mode) || ::access(path.c_str(), X_OK) != 0) {
    out.push_back({Level::error, "host_program", program.string() + " cannot be started",
                   "chmod 755 " + program.string()});
  } else if ((facts.st_mode & 022) != 0) {
    out.push_back({Level::error, "host_program",
                   program.string() + " can be written by others than its owner",
                   "chmod go-w " + program.string()});
  }
}

void check_callers(const Manifest& manifest, const fs::path& path, const policy::Policy& policy,
                   Findings& out) {
  if (policy.extension_ids.empty()) return;
  for (const std::string& caller : manifest.callers) {
    const std::string id = id_of(caller);
    const auto& ids = policy.extension_ids;
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
    out.push_back({Level::error, "extension_id",
                   path.string() + " lets " + id +
                       " start the host, and \"extension_ids\" in policy.json does not name it, so "
                       "the host refuses it",
                   "add \"" + id + "\" to \"extension_ids\" in policy.json"});
  }
}

// A manifest in the person's own folder comes before the machine's.
void check_shadow(const Machine& machine, const policy::Browser& browser, Findings& out) {
  const fs::path own = machine.home / browser.user_native_folder / file_name();
  if (!machine.has(own)) return;
  out.push_back({Level::error, "shadowed_manifest",
                 own.string() +
                     " comes before the machine's manifest: " + std::string(browser.title) +
                     " starts another program, unless its policy forbids that",
                 "rm " + own.string()});
}

// The first manifest that is there.
HostProgram check_browser(const Machine& machine, const policy::Browser& browser,
                          const Result<policy::Policy>& policy, Findings& out) {
  check_shadow(machine, browser, out);
  for (const fs::path& path : places(browser)) {
    const auto text = machine.text(path);
    if (!text) continue;
    const auto manifest = read(*text, browser);
    if (!manifest) {
      out.push_back({Level::error, check, path.string() + ' ' + manifest.error().sentence,
                     std::string("rm ") + path.string() + " && " + machine.reinstalling()});
      return {};
    }
    out.push_back({Level::ok, check, path.string() + " names " + manifest->program.string(), {}});
    check_program(machine, manifest->program, path, out);
    if (policy) check_callers(*manifest, path, *policy, out);
    return {manifest->program, manifest->callers.empty() ? "" : manifest->callers.front()};
  }
  out.push_back({Level::error, check,
                 std::string(browser.title) + " finds no " + file_name() + " in " +
                     std::string(browser.native_folder),
                 machine.reinstalling()});
  return {};
}

}  // namespace

HostProgram check_manifests(const Machine& machine, const std::vector<InstalledBrowser>& browsers,
                            const Result<policy::Policy>& policy, Findings& out) {
  HostProgram host;
  for (const InstalledBrowser& browser : browsers) {
    if (!browser.in_system()) continue;
    HostProgram found = check_browser(machine, *browser.browser, policy, out);
    if (host.path.empty()) host = std::move(found);
  }
  return host;
}

}  // namespace fieldnote::doctor
