#include "workplace.hpp"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "operation.hpp"

namespace fieldnote::fault {
namespace {

constexpr const char* caller = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

fs::path make_folder() {
  std::string name = (fs::temp_directory_path() / "fieldnote-fault-XXXXXX").string();
  BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
  return name;
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path);
  file << text;
  BOOST_REQUIRE(file.flush().good());
}

std::string account_name() {
  const passwd* entry = ::getpwuid(::geteuid());
  BOOST_REQUIRE_MESSAGE(entry != nullptr, "this account has no name");
  return entry->pw_name;
}

}  // namespace

void add_events(std::string_view lines, std::vector<Stored>& to) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    const auto event = boost::json::parse(line).as_object();
    to.push_back({std::string(event.at("stream").as_string()),
                  event.at("n").to_number<std::uint64_t>(),
                  std::string(event.at("target").at("name").as_string())});
  }
}

Workplace::Workplace() : Workplace(fs::path()) {}

Workplace::Workplace(const fs::path& state_home)
    : folder_(make_folder()), state_home_(state_home.empty() ? folder_ / "home" : state_home) {
  identities_.push_back(seal::X25519Identity::generate());
  fs::create_directory(folder_ / "policy");
  fs::create_directory(folder_ / "policy/teams.d");
  fs::create_directories(state_home_);
  write_file(
      folder_ / "policy/policy.json",
      R"({"organisation":"Example Corp","notice":{"purpose":"Tests","lawful_basis":"Consent",)"
      R"("contact":"privacy@example.com"},"recipients":[")" +
          identities_.front().recipient().text() + "\"]}");
  write_file(identity(), std::string(identities_.front().text().view()) + '\n');
  write_file(folder_ / "policy/teams.d/support.json",
             R"({"members":{"users":[")" + account_name() +
                 R"("]},"sites":[{"url":"https://crm.example.com/*","app":"crm"}]})");
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Process::Start Workplace::start(const char* program, std::vector<std::string> arguments,
                                const Environment& environment, int log) const {
  Process::Start start{program, std::move(arguments), environment, log};
  start.environment.insert({{"HOME", folder_.string()},
                            {"PATH", "/usr/bin:/bin"},
                            {"XDG_STATE_HOME", state_home_.string()}});
  return start;
}

Process Workplace::host(const Environment& environment, int log) const {
  return Process(
      start(FIELDNOTE_HOST, {"--policy", (folder_ / "policy").string(), caller}, environment, log));
}

Process Workplace::command(const std::vector<std::string>& arguments,
                           const Environment& environment, int log) const {
  return Process(start(command_.c_str(), arguments, environment, log));
}

Outcome Workplace::run(const std::vector<std::string>& arguments, const Environment& environment,
                       int log) const {
  Process process = command(arguments, environment, log);
  process.close_input();
  Outcome outcome;
  outcome.output = process.read_output();
  const auto end = process.wait(milliseconds(60000));
  BOOST_REQUIRE_MESSAGE(end, "fieldnote " << arguments.front() << " does not end");
  outcome.end = *end;
  outcome.errors = process.errors();
  return outcome;
}

Outcome Workplace::seal(const Environment& environment, int log) const {
  return run({"seal", "--now", "--policy", (folder_ / "policy").string()}, environment, log);
}

std::vector<Stored> Workplace::held() const {
  const Outcome held = run({"held", "--json"});
  BOOST_REQUIRE_MESSAGE(held.end == End{0}, "fieldnote held: " << held.errors);
  std::vector<Stored> events;
  add_events(held.output, events);
  return events;
}

std::vector<dataset::Bundle> Workplace::opened() const {
  std::map<std::int64_t, dataset::Bundle> by_number;
  std::error_code no_folder;
  for (const auto& file : fs::directory_iterator(bundles(), no_folder)) {
    if (file.path().extension() != ".age") continue;
    auto bundle = dataset::read_bundle(file.path(), identities_);
    BOOST_REQUIRE_MESSAGE(bundle, file.path() << ": " << bundle.error().sentence);
    const std::int64_t n = bundle->n;
    BOOST_REQUIRE_MESSAGE(by_number.emplace(n, std::move(*bundle)).second, "two bundles " << n);
  }
  std::vector<dataset::Bundle> bundles;
  for (auto& [n, bundle] : by_number) bundles.push_back(std::move(bundle));
  return bundles;
}

std::vector<Stored> Workplace::sealed() const {
  std::vector<Stored> events;
  std::optional<seal::Digest> previous;
  for (const dataset::Bundle& bundle : opened()) {
    BOOST_REQUIRE_MESSAGE(bundle.previous == previous,
                          "bundle " << bundle.n << " breaks the chain");
    previous = bundle.digest;
    add_events(bundle.lines, events);
  }
  return events;
}

std::vector<Stored> Workplace::stored() const {
  std::vector<Stored> all = sealed();
  for (Stored& event : held()) all.push_back(std::move(event));
  return all;
}

std::string Workplace::fault_in_working_on(Browser& browser, const Environment& environment) const {
  Process process = host(environment);
  Port port(process);
  browser.disconnect();
  browser.work(2);
  browser.talk(port);
  if (!browser.settled())
    return "the host does not work on: " + browser.breach() + ' ' + browser.sentence();
  process.close_input();
  const auto end = process.wait(milliseconds(2000));
  browser.disconnect();
  if (!end) return "the host does not end";
  if (*end != End{0}) return "the host ends with an error: " + process.errors();
  return browser.fault_in(stored());
}

void Workplace::forget() {
  fs::remove_all(state());
}

Workplace::Environment forgetful_under(const Workplace& workplace) {
  return {{"LD_PRELOAD", FIELDNOTE_FORGETFUL}, {watch_beneath, workplace.state_home().string()}};
}

}  // namespace fieldnote::fault
