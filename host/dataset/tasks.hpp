// The tasks that one key's bundles tell of, put together from all of their headers: the bundle in
// which a task begins does not know yet how it ends. Not thread-safe.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dataset/bundle_reader.hpp"

namespace fieldnote::dataset {

struct TaskTold {
  std::optional<std::string> words;  // as they left the device
  bool own = false;                  // the words are the person's own
  std::optional<std::string> outcome;
  unsigned parts = 0;  // stretches of work on it
};

class Tasks {
 public:
  // What is told later counts.
  void tell(const TaskOfBundle& task);
  // There is a stretch of work on it. `id`: empty for none.
  void worked_on(std::string_view id);
  // Those that nobody worked on are told of no more.
  void forget_idle();
  [[nodiscard]] const TaskTold* find(std::string_view id) const;
  // Calls `f` with each.
  void each(const std::function<void(const TaskTold&)>& f) const;

 private:
  std::map<std::string, TaskTold, std::less<>> all_;
};

}  // namespace fieldnote::dataset
