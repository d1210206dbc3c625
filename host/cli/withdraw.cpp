// fieldnote withdraw: the person takes their yes back, and asks for what has left.
#include <iostream>
#include <memory>

#include "cli/choosing.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "recorder/withdrawal.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  std::string policy_folder{platform::policy_folder};
  bool keep_held = false;
  bool all_sent = false;
  std::string task;
  std::vector<std::string> weeks;
  bool go_on = false;
  bool yes = false;
};

Result<std::optional<model::AskedBack>> read_scope(spool::Spool& spool, const Options& options) {
  if (options.all_sent) return std::optional<model::AskedBack>(model::AskedBack{});
  if (!options.task.empty()) {
    Choice choice;
    choice.task = options.task;
    const auto which = read_choice(spool, choice);
    if (!which) return which.error();
    const auto scope = model::AskedBack::from_json({{"of", "task"}, {"task", *which->task}});
    if (!scope) return scope.error();
    return std::optional(*scope);
  }
  if (options.weeks.empty()) return std::optional<model::AskedBack>();
  const auto scope = model::AskedBack::from_json(
      {{"of", "weeks"}, {"first", options.weeks.front()}, {"last", options.weeks.back()}});
  if (!scope) return Error{scope.error().code, "--weeks: " + scope.error().sentence};
  return std::optional(*scope);
}

Exit take_back(const Options& options) {
  const OwnPolicy own(options.policy_folder);
  auto spool = open_own_spool(Missing::is_made);
  if (!spool) return fail(spool.error());
  const auto scope = read_scope(**spool, options);
  if (!scope) return fail(scope.error());
  if (options.go_on && !*scope)
    return fail("--go-on asks for what has left: name it by --all-sent, --task or --weeks");
  const bool deletes = !options.keep_held && !options.go_on;
  if (!options.yes) {
    const std::string question =
        std::string(options.go_on ? "" : "Stop recording") +
        (deletes ? ", delete all that is held" : "") +
        (*scope ? std::string(options.go_on ? "Ask" : ", and ask") + " for what was sent" : "") +
        '?';
    if (!confirm(question)) return fail("nothing was changed; say --yes where nobody can be asked");
  }
  const auto withdrawn =
      recorder::withdraw(**spool, own.policy(), own.assignment(), {deletes, *scope, options.go_on});
  if (!withdrawn) return fail_own(withdrawn.error(), **spool);
  if (!options.go_on) std::cout << styled("Recording has stopped.", Style::bold) << '\n';
  if (deletes)
    std::cout << counted(static_cast<std::uint64_t>(withdrawn->deleted), "event")
              << " that were held are deleted.\n";
  else if (!options.go_on)
    std::cout
        << "What is held stays here until you delete it or send it; nothing leaves by itself.\n";
  if (withdrawn->asked)
    std::cout << "Asked: bundle " << *withdrawn->asked
              << " asks for what was sent before it, and goes out with the next shipping. The\n"
                 "organisation's exports leave it out from then on; whether it was deleted, this "
                 "computer cannot\nknow. A model that was trained does not forget.\n";
  else if (*scope)
    std::cout << "Nothing has left this computer, so nothing had to be asked for.\n";
  return Exit::good;
}

}  // namespace

void add_withdraw(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "withdraw", "Takes your yes back: recording stops, what is held is deleted");
  auto options = std::make_shared<Options>();
  command->add_flag("--keep-held", options->keep_held, "What is held is not deleted");
  auto* all = command->add_flag("--all-sent", options->all_sent, "Asks back all that was sent");
  auto* task = command->add_option("--task", options->task,
                                   "Asks back what was sent of this task, by its words or id");
  auto* weeks = command
                    ->add_option("--weeks", options->weeks,
                                 "Asks back what was sealed from one week to another: 2026-W40 "
                                 "2026-W47")
                    ->expected(2);
  all->excludes(task)->excludes(weeks);
  task->excludes(weeks);
  command->add_flag("--go-on", options->go_on, "Only asks: recording goes on, nothing is deleted");
  command->add_flag("--yes", options->yes, "Does not ask you");
  command->add_option("--policy", options->policy_folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  command->callback([options, &exit] { exit = take_back(*options); });
}

}  // namespace fieldnote::cli
