// fieldnote task: the person says what they are doing.
#include <iostream>
#include <memory>

#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "recorder/tasks.hpp"

namespace fieldnote::cli {
namespace {

struct Options {
  std::string policy_folder{platform::policy_folder};
  std::string words;
  bool clear = false;
};

void print_task(const spool::Task& task) {
  std::cout << styled(printable(task.words), Style::bold) << "  "
            << styled(task.leaves ? "leaves as \"" + printable(*task.leaves) + '"'
                      : task.own  ? "leaves as a task without words; --clear lets them go"
                                  : "",
                      Style::dim)
            << '\n';
}

Exit show(const Options& options) {
  const OwnPolicy own(options.policy_folder);
  auto spool = open_own_spool(Missing::is_none);
  if (!spool) return fail(spool.error());
  const auto person = *spool ? (*spool)->person() : Result<spool::Person>(spool::Person());
  if (!person) return fail_own(person.error(), **spool);
  if (person->task) {
    const auto task = (*spool)->task(*person->task);
    if (!task) return fail_own(task.error(), **spool);
    if (*task) print_task(**task);
  } else {
    std::cout << "No task is in hand.\n";
  }
  if (own.assignment() == nullptr) return Exit::good;
  bool head = false;
  for (const policy::Team* team : own.assignment()->teams())
    for (const std::string& listed : team->tasks) {
      if (!head) std::cout << styled("Your team's list:", Style::dim) << '\n';
      head = true;
      std::cout << "  " << printable(listed) << '\n';
    }
  return Exit::good;
}

Exit begin(const Options& options) {
  if (options.words.size() > channel::longest_words)
    return fail("a task is named in at most " + std::to_string(channel::longest_words) + " bytes");
  const OwnPolicy own(options.policy_folder);
  auto spool = open_own_spool(Missing::is_made);
  if (!spool) return fail(spool.error());
  if (auto begun = recorder::begin_task(**spool, own.assignment(), {options.words, options.clear});
      !begun)
    return fail_own(begun.error(), **spool);
  const auto person = (*spool)->person();
  if (!person) return fail_own(person.error(), **spool);
  const auto task = (*spool)->task(person->task.value_or(""));
  if (!task) return fail_own(task.error(), **spool);
  if (*task) print_task(**task);
  return Exit::good;
}

Exit finish(std::string_view outcome) {
  auto spool = open_own_spool(Missing::is_made);
  if (!spool) return fail(spool.error());
  if (auto ended = recorder::end_task(**spool, outcome); !ended)
    return fail_own(ended.error(), **spool);
  std::cout << "The task is " << outcome << ".\n";
  return Exit::good;
}

}  // namespace

void add_task(CLI::App& program, Exit& exit) {
  CLI::App* task =
      program.add_subcommand("task", "Says what you are doing; without more, shows it");
  task->require_subcommand(0, 1);
  auto options = std::make_shared<Options>();
  task->add_option("--policy", options->policy_folder, "Where policy.json and teams.d lie")
      ->capture_default_str();
  CLI::App* start = task->add_subcommand("begin", "A task begins; the one before ends as stopped");
  start->add_option("words", options->words, "Of your team's list, or your own")->required();
  start->add_flag(
      "--clear", options->clear,
      "Own words may leave, redacted like any text; else the task leaves without words");
  start->callback([options, &exit] { exit = begin(*options); });
  for (const std::string outcome : {"done", "stopped"})
    task->add_subcommand(outcome, "The task ends: " + outcome)->callback([outcome, &exit] {
      exit = finish(outcome);
    });
  task->callback([task, options, &exit] {
    if (task->get_subcommands().empty()) exit = show(*options);
  });
}

}  // namespace fieldnote::cli
