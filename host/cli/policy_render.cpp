// fieldnote policy render: the browser's own policy, made from the organisation's.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_file.hpp"
#include "platform/paths.hpp"
#include "policy/browser_policy.hpp"

namespace fieldnote::cli {
namespace {

namespace fs = platform::fs;

struct Options {
  std::string folder{platform::policy_folder};
  std::string browser;
  std::string out;
  std::string system = "linux";
  policy::RenderOptions render;
  bool as_json = false;
};

// Where the file goes below `out`: to where the browser reads it, but for Firefox, whose one file
// is everybody's.
fs::path place(const Options& options, const policy::Browser& browser) {
  const fs::path out = options.out;
  return browser.is_firefox ? out / "firefox-policies.json"
                            : out / fs::path(browser.policy_file).relative_path();
}

void report(const Options& options, const policy::Browser& browser, const fs::path& path,
            const policy::BrowserPolicy& rendered) {
  if (options.as_json) {
    boost::json::array notes;
    for (const std::string& note : rendered.notes) notes.emplace_back(note);
    std::cout << boost::json::serialize(
                     boost::json::object{{"file", path.string()}, {"notes", std::move(notes)}})
              << '\n';
    return;
  }
  std::cout << path.string() << '\n';
  if (browser.is_firefox)
    std::cout << "goes into " << browser.policy_file << " by: fieldnote policy merge "
              << path.string() << '\n';
  else
    std::cout << "goes to " << browser.policy_file << '\n';
  for (const std::string& note : rendered.notes)
    std::cout << styled("note: ", Style::yellow) << note << '\n';
}

Exit render_policy(const Options& options) {
  if (options.system != "linux")
    return fail("there is no host for " + options.system + " yet; only linux can be rendered");
  const policy::Browser* browser = policy::browser_named(options.browser);
  if (browser == nullptr)
    return fail("\"" + options.browser + "\" is none of chrome, chromium, edge, firefox");
  const auto policy = policy::read_policy(options.folder, policy::Writers::anybody);
  if (!policy) return fail(policy.error());
  const auto rendered = policy::render(*policy, *browser, options.render);
  if (!rendered) return fail(rendered.error());
  const fs::path path = place(options, *browser);
  const std::string text = policy::pretty(rendered->content);
  if (auto written = write_whole(path, text, 0644, true); !written) return fail(written.error());
  report(options, *browser, path, *rendered);
  return Exit::good;
}

}  // namespace

void add_policy_render(CLI::App& policy, Exit& exit) {
  CLI::App* command = policy.add_subcommand(
      "render", "Writes a browser's own policy: force install, allowed hosts, native messaging");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_option("--browser", options->browser, "chrome, chromium, edge or firefox")
      ->required();
  command->add_option("-o,--out", options->out, "Folder to write below")->required();
  command
      ->add_option("--feed", options->render.feed,
                   "Where the extension and its update feeds are served, as "
                   "https://updates.corp.example/fieldnote")
      ->required();
  command->add_option("--extension-id", options->render.extension_id,
                      "Where policy.json does not name exactly one for this browser");
  command->add_option("--team", options->render.teams,
                      "Only the hosts of this team, for machines of its people; again for more");
  command->add_option("--also-allow", options->render.other_native_hosts,
                      "A native messaging host that stays allowed beside ours; again for more");
  command->add_option("--system", options->system, "linux; others have no host yet")
      ->capture_default_str();
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = render_policy(*options); });
}

}  // namespace fieldnote::cli
