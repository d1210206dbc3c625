// fieldnote doctor: whether recording can work on this machine, and what to do where not.
#include <sys/utsname.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/choosing.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_file.hpp"
#include "doctor/checks.hpp"
#include "platform/paths.hpp"
#include "policy/browser_policy.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;

struct Options {
  std::string policy{platform::policy_folder};
  std::string bundle;
  bool as_json = false;
  bool yes = false;
};

doctor::Level worst_of(const doctor::Findings& findings) {
  doctor::Level worst = doctor::Level::ok;
  for (const doctor::Finding& finding : findings) worst = std::max(worst, finding.level);
  return worst;
}

json::array as_json(const doctor::Findings& findings) {
  json::array list;
  for (const doctor::Finding& finding : findings) {
    json::object one{{"level", doctor::word(finding.level)},
                     {"check", finding.check},
                     {"sentence", finding.sentence}};
    if (!finding.mend.empty()) one["mend"] = finding.mend;
    list.push_back(std::move(one));
  }
  return list;
}

void print(const doctor::Findings& findings) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const doctor::Finding& finding : findings) {
    switch (finding.level) {
      case doctor::Level::ok:
        std::cout << styled("ok       ", Style::green);
        break;
      case doctor::Level::warning:
        ++warnings;
        std::cout << styled("warning  ", Style::yellow);
        break;
      case doctor::Level::error:
        ++errors;
        std::cout << styled("error    ", Style::red);
        break;
    }
    std::cout << printable(finding.sentence) << '\n';
    if (!finding.mend.empty())
      std::cout << "         " << styled("mend: ", Style::bold) << printable(finding.mend) << '\n';
  }
  if (errors + warnings == 0)
    std::cout << styled("All is well.", Style::bold) << '\n';
  else
    std::cout << styled(counted(errors, "error") + ", " + counted(warnings, "warning") + '.',
                        Style::bold)
              << '\n';
}

std::string replaced(std::string text, const std::string& what, std::string_view by) {
  if (what.size() < 2) return text;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// What may be mailed: who it is and what the computer is called is taken out.
std::string support_text(const doctor::Findings& findings, const doctor::Machine& machine) {
  utsname system{};
  ::uname(&system);
  const json::object content{{"fieldnote", FIELDNOTE_VERSION},
                             {"kernel", std::string(system.release)},
                             {"architecture", std::string(system.machine)},
                             {"findings", as_json(findings)}};
  std::string text = policy::pretty(content);
  text = replaced(std::move(text), machine.home.string(), "~");
  // An account of the system is nobody.
  if (machine.account.user != "root")
    text = replaced(std::move(text), machine.account.user, "PERSON");
  return replaced(std::move(text), system.nodename, "COMPUTER");
}

Exit write_bundle(const Options& options, const doctor::Findings& findings,
                  const doctor::Machine& machine) {
  const std::string text = support_text(findings, machine);
  std::cout << text;
  if (!options.yes && !confirm("Write this, and nothing else, to " + options.bundle + '?'))
    return fail("nothing was written; say --yes where nobody can be asked");
  if (auto written = write_whole(options.bundle, text, 0600, false); !written)
    return fail(written.error());
  std::cout << styled(options.bundle, Style::bold) << " is written.\n";
  return Exit::good;
}

Exit examine(const Options& options) {
  const auto machine = doctor::this_machine(options.policy);
  if (!machine) return fail(machine.error());
  const doctor::Findings findings = doctor::examine(*machine);
  if (!options.bundle.empty()) return write_bundle(options, findings, *machine);
  const doctor::Level worst = worst_of(findings);
  if (options.as_json)
    std::cout << json::serialize(
                     json::object{{"worst", doctor::word(worst)}, {"findings", as_json(findings)}})
              << '\n';
  else
    print(findings);
  if (worst == doctor::Level::ok) return Exit::good;
  return worst == doctor::Level::error ? Exit::failed : Exit::partly;
}

}  // namespace

void add_doctor(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "doctor",
      "Looks at browsers, policies, manifests, store and host, and says what to do where one is "
      "not well.\n"
      "Exit code 0: all is well; 1: an error keeps recording from working; 2: warnings");
  auto options = std::make_shared<Options>();
  command->add_option("--policy", options->policy, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->add_option("--bundle", options->bundle,
                      "Writes a file for support, without names of people, computers or pages; it "
                      "is shown first");
  command->add_flag("--yes", options->yes, "Does not ask");
  command->callback([options, &exit] { exit = examine(*options); });
}

}  // namespace fieldnote::cli
