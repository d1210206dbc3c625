#include "dataset/survey/tasks.hpp"

#include "dataset/release/keyed_hash.hpp"

namespace fieldnote::dataset {

// Who makes two ids that have one hash mixes up two tasks of their own.
std::uint64_t Tasks::hash_of(std::string_view id) {
  static const KeyedHash hash{KeyedHash::Key{}};
  return hash.of({id});
}

// What is told again is mostly what was told before.
void Tasks::put(Text& text, std::string_view words) {
  if (std::string_view(texts_).substr(text.offset, text.size) == words) return;
  text = {static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(words.size())};
  texts_ += words;
}

void Tasks::tell(const TaskOfBundle& task) {
  Task& told = all_[hash_of(task.id)];
  told.has_words = task.words.has_value();
  if (task.words) put(told.words, *task.words);
  told.own = task.own;
  if (!task.outcome) return;
  told.has_outcome = true;
  put(told.outcome, *task.outcome);
}

void Tasks::worked_on(std::string_view id) {
  if (id.empty()) return;
  const auto [at, is_new] = all_.try_emplace(hash_of(id));
  // Of an older bundle, whose header tells of no tasks: nobody has said whose words they are.
  if (is_new) at->second.own = true;
  ++at->second.parts;
}

void Tasks::forget_idle() {
  std::erase_if(all_, [](const auto& task) { return task.second.parts == 0; });
}

TaskTold Tasks::told(const Task& task) const {
  TaskTold told{{}, task.own, {}, task.parts};
  if (task.has_words) told.words = texts_.substr(task.words.offset, task.words.size);
  if (task.has_outcome) told.outcome = texts_.substr(task.outcome.offset, task.outcome.size);
  return told;
}

std::optional<TaskTold> Tasks::find(std::string_view id) const {
  const auto at = all_.find(hash_of(id));
  return at == all_.end() ? std::nullopt : std::optional(told(at->second));
}

void Tasks::each(const std::function<void(const TaskTold&)>& f) const {
  for (const auto& [id, task] : all_) f(told(task));
}

}  // namespace fieldnote::dataset
