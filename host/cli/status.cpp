// fieldnote status: to the person how things stand, with counts; to anybody else whether it works,
// and nothing more.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "channel/message.hpp"
#include "cli/choosing.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "recorder/situation.hpp"
#include "spool/damage.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;
namespace fs = platform::fs;

struct Options {
  std::string policy_folder{platform::policy_folder};
  std::string state_folder;
  bool as_json = false;
};

// What anybody may know. `store`: empty where it is well.
struct Health {
  std::string policy, store;
  [[nodiscard]] bool good() const { return policy.empty() && store.empty(); }
};

// Looks at the names of files alone: opening the store is its owner's.
Health health_of(const Result<policy::Policy>& policy, const fs::path& folder) {
  Health health;
  if (!policy) health.policy = policy.error().sentence;
  std::error_code failed;
  if (!fs::exists(folder, failed))
    health.store = "there is none yet: no browser has started recording here";
  else if (!fs::exists(folder / "spool.db", failed))
    health.store = folder.string() + ": has no store";
  else if (spool::damage_is_marked(folder))
    health.store = folder.string() + ": the store is damaged, and is set aside at the next start";
  return health;
}

void print_health(const Health& health, bool as_json) {
  if (as_json) {
    json::object object{{"healthy", health.good()}};
    if (!health.policy.empty()) object["policy"] = health.policy;
    if (!health.store.empty()) object["store"] = health.store;
    std::cout << json::serialize(object) << '\n';
    return;
  }
  const auto line = [](std::string_view name, const std::string& fault) {
    std::cout << styled(name, Style::dim) << (fault.empty() ? styled("good", Style::green) : fault)
              << '\n';
  };
  line("policy  ", health.policy);
  line("store   ", health.store);
}

// Bundles that were made, those whose file is still here, and those that ask back.
struct Sent {
  std::size_t made = 0, here = 0;
  std::vector<std::int64_t> asking;
};

Result<Sent> sent_of(spool::Spool& spool) {
  const auto bundles = spool.bundles();
  if (!bundles) return bundles.error();
  Sent sent;
  for (const spool::BundleRow& bundle : *bundles) {
    ++sent.made;
    std::error_code ignored;
    if (fs::exists(spool.bundle_folder() / bundle.name, ignored)) ++sent.here;
    if (!bundle.asks.empty()) sent.asking.push_back(bundle.n);
  }
  return sent;
}

void print_json(const channel::StandingNow& standing, const Sent& sent, const Health& health) {
  json::object object{{"state", standing.state}, {"why", standing.why}};
  if (standing.pause) {
    json::object pause{{"since", standing.pause->since}};
    if (standing.pause->until) pause["until"] = *standing.pause->until;
    object["pause"] = std::move(pause);
  }
  if (standing.task) object["task"] = standing.task->to_json();
  object["today"] = standing.today;
  object["held"] = standing.held.to_json();
  object["bundles"] = json::object{{"made", sent.made}, {"here", sent.here}};
  json::array asking;
  for (const std::int64_t n : sent.asking) asking.emplace_back(n);
  object["asking"] = std::move(asking);
  object["healthy"] = health.good();
  std::cout << json::serialize(object) << '\n';
}

std::string leaving(const channel::HeldNow& held) {
  if (!held.leaves_in) return "";
  if (*held.leaves_in > 0)
    return "; the first may leave after " + duration_text(std::chrono::seconds(*held.leaves_in)) +
           " of days on which you use the browser";
  return held.told > 0 ? "; the first leave soon" : "; the first leave once a browser has told you";
}

void print_standing(const channel::StandingNow& standing, const Sent& sent, const Health& health) {
  const bool recording = standing.state == "recording";
  std::cout << styled(recording                    ? "Recording"
                      : standing.state == "paused" ? "Paused"
                                                   : "Not recording",
                      recording ? Style::green : Style::yellow)
            << "  " << standing.why << "\n\n";
  const auto line = [](std::string_view name, const std::string& text) {
    std::cout << styled(name, Style::dim) << text << '\n';
  };
  const auto events = [](std::int64_t count) {
    return counted(static_cast<std::uint64_t>(count), "event");
  };
  if (standing.pause)
    line("pause    ", standing.pause->until ? "until " + *standing.pause->until
                                            : std::string("until you resume"));
  if (standing.task) line("task     ", printable(standing.task->words));
  line("today    ", events(standing.today));
  line("held     ",
       events(standing.held.events) + " on this computer, not sent" + leaving(standing.held));
  line("sent     ",
       counted(sent.made, "bundle") + (sent.here > 0 ? ", of which " + std::to_string(sent.here) +
                                                           " wait here to be shipped or are kept"
                                                     : ""));
  for (const std::int64_t n : sent.asking)
    line("asked    ", "bundle " + std::to_string(n) +
                          " asks for what was sent before it; what became of it this computer "
                          "cannot know");
  if (!health.policy.empty()) line("policy   ", health.policy);
  if (!health.store.empty()) line("store    ", health.store);
}

Exit show(const Options& options) {
  auto folder = options.state_folder.empty() ? platform::state_folder()
                                             : Result<fs::path>(fs::path(options.state_folder));
  if (!folder) return fail(folder.error());
  struct stat facts {};
  const bool is_there = ::lstat(folder->c_str(), &facts) == 0;
  // Counts are the person's: whoever is not the owner, root included, hears whether it works.
  if (!options.state_folder.empty() || (is_there && facts.st_uid != ::getuid())) {
    const Health health = health_of(policy::read_policy(options.policy_folder), *folder);
    print_health(health, options.as_json);
    return health.good() ? Exit::good : Exit::partly;
  }
  auto account = platform::current_account();
  if (!account) return fail(account.error());
  recorder::Situation situation(policy::read_policy(options.policy_folder), std::move(*account));
  const Health health = health_of(situation.policy(), *folder);
  auto spool = open_own_spool(Missing::is_none);
  if (!spool) return fail(spool.error());
  if (!*spool) {
    if (!options.as_json)
      std::cout << "No browser has recorded on this computer, and nothing is held.\n";
    print_health(health, options.as_json);
    return Exit::good;
  }
  if (auto read = situation.refresh(**spool); !read) return fail_own(read.error(), **spool);
  const auto standing = situation.told(**spool);
  if (!standing) return fail_own(standing.error(), **spool);
  const auto sent = sent_of(**spool);
  if (!sent) return fail_own(sent.error(), **spool);
  if (options.as_json)
    print_json(*standing, *sent, health);
  else
    print_standing(*standing, *sent, health);
  return Exit::good;
}

}  // namespace

void add_status(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "status", "How things stand: with counts for you, health alone for anybody else");
  auto options = std::make_shared<Options>();
  command->add_option("--policy", options->policy_folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->add_option("--state", options->state_folder,
                      "Another account's state folder: whether it works, and nothing more");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = show(*options); });
}

}  // namespace fieldnote::cli
