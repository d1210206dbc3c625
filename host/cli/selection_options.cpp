#include "cli/selection_options.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/whole_number.hpp"

namespace fieldnote::cli {
namespace {

using dataset::outcome_words;

std::vector<std::string> words() {
  return {outcome_words.begin(), outcome_words.end()};
}

}  // namespace

void add_selection(CLI::App& command, dataset::SelectionRules& rules) {
  constexpr const char* group = "Which trajectories";
  command
      .add_option_function<std::vector<std::string>>(
          "--outcome",
          [&rules](const std::vector<std::string>& given) {
            for (const std::string& word : given)
              rules.outcomes.insert(static_cast<dataset::Outcome>(
                  std::find(outcome_words.begin(), outcome_words.end(), word) -
                  outcome_words.begin()));
          },
          "Only those of tasks that ended so, any of: done, stopped, unknown")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(words()))
      ->group(group);
  command
      .add_flag("--with-instruction", rules.with_instruction,
                "Only those that say in words what was to be done")
      ->group(group);
  command
      .add_option("--min-learnable", rules.min_learnable,
                  "Only those of whose steps so many percent can be learned")
      ->check(CLI::Range(0, 100))
      ->group(group);
  command
      .add_option("--min-steps", rules.min_steps,
                  "Only those in which somebody did at least so many things")
      ->check(whole_number(1))
      ->group(group);
  command
      .add_option("--max-steps", rules.max_steps,
                  "Only those in which somebody did at most so many things")
      ->check(whole_number(1))
      ->group(group);
  command
      .add_flag("--whole-outlines", rules.whole_outlines,
                "Only those of which no outline was cut because the page was too large")
      ->group(group);
  command
      .add_flag("--dedup", rules.dedup,
                "Near-duplicates are left out: trajectories of one tool that are 0.8 alike, in "
                "what was done and in what was seen")
      ->group(group);
  command
      .add_option("--max-per-participant", rules.max_per_participant,
                  "Of one person at most so many, drawn by the seed")
      ->check(whole_number(1))
      ->group(group);
  command.add_option("--max-per-app", rules.max_per_app, "Of one tool at most so many")
      ->check(whole_number(1))
      ->group(group);
  command.add_option("--max-per-task", rules.max_per_task, "Of one task at most so many")
      ->check(whole_number(1))
      ->group(group);
  CLI::Option* splits =
      command
          .add_flag("--splits", rules.splits,
                    "In folders train, validation, test_participant, test_app and test_task, "
                    "without near-duplicates; what is of two tests is left out")
          ->group(group);
  command
      .add_option("--held-out", rules.held_out,
                  "So many percent of people, tools and tasks are held out for the tests")
      ->check(CLI::Range(1, 50))
      ->capture_default_str()
      ->needs(splits)
      ->group(group);
  command
      .add_option("--validation", rules.validation,
                  "So many percent of the rest are for validation")
      ->check(CLI::Range(0, 50))
      ->capture_default_str()
      ->needs(splits)
      ->group(group);
}

}  // namespace fieldnote::cli
