#include "dataset/tasks.hpp"

namespace fieldnote::dataset {

void Tasks::tell(const TaskOfBundle& task) {
  TaskTold& told = all_[task.id];
  told.words = task.words;
  told.own = task.own;
  if (task.outcome) told.outcome = task.outcome;
}

void Tasks::worked_on(std::string_view id) {
  if (id.empty()) return;
  auto at = all_.find(id);
  // Of an older bundle, whose header tells of no tasks: nobody has said whose words they are.
  if (at == all_.end()) at = all_.emplace(std::string(id), TaskTold{{}, true, {}, 0}).first;
  ++at->second.parts;
}

void Tasks::forget_idle() {
  std::erase_if(all_, [](const auto& task) { return task.second.parts == 0; });
}

const TaskTold* Tasks::find(std::string_view id) const {
  const auto at = all_.find(id);
  return at == all_.end() ? nullptr : &at->second;
}

void Tasks::each(const std::function<void(const TaskTold&)>& f) const {
  for (const auto& [id, task] : all_) f(task);
}

}  // namespace fieldnote::dataset
