#include "recorder/tasks.hpp"

#include <algorithm>

#include "redact/redactor.hpp"

namespace fieldnote::recorder {
namespace {

bool is_listed(const policy::Assignment* assignment, const std::string& words) {
  if (assignment == nullptr) return false;
  return std::any_of(
      assignment->teams().begin(), assignment->teams().end(), [&](const policy::Team* team) {
        return std::find(team->tasks.begin(), team->tasks.end(), words) != team->tasks.end();
      });
}

std::string redacted(const std::string& words) {
  redact::Redactor redactor;
  model::Arena arena;
  redact::Counts uncounted;
  return std::string(redactor.redact_text(words, "task", channel::longest_words, arena, uncounted));
}

// Gives the task in hand, if there is one, its outcome.
Result<void> finish(spool::Spool& spool, spool::Spool::Write& write, std::string_view outcome) {
  const auto person = spool.person();
  if (!person) return person.error();
  if (!person->task) return {};
  auto task = spool.task(*person->task);
  if (!task) return task.error();
  if (!*task) return {};
  (*task)->outcome = outcome;
  return write.put_task(**task);
}

}  // namespace

spool::Task make_task(const policy::Assignment* assignment, const channel::Words& words) {
  spool::Task task;
  task.id = spool::new_task_id();
  task.words = words.text;
  task.own = !is_listed(assignment, words.text);
  if (!task.own || words.clear) task.leaves = redacted(words.text);
  return task;
}

Result<void> begin_task(spool::Spool& spool, const policy::Assignment* assignment,
                        const channel::Words& words) {
  const spool::Task task = make_task(assignment, words);
  auto write = spool.write();
  if (!write) return write.error();
  if (auto finished = finish(spool, *write, "stopped"); !finished) return finished;
  if (auto put = write->put_task(task); !put) return put;
  if (auto set = write->set_task_in_hand(task.id); !set) return set;
  return write->commit();
}

Result<void> end_task(spool::Spool& spool, std::string_view outcome) {
  auto write = spool.write();
  if (!write) return write.error();
  if (auto finished = finish(spool, *write, outcome); !finished) return finished;
  if (auto set = write->set_task_in_hand(std::nullopt); !set) return set;
  return write->commit();
}

channel::ToldTask told(const spool::Task& task) {
  return {task.id, task.words, task.own, task.leaves, task.outcome, std::nullopt};
}

}  // namespace fieldnote::recorder
