// The tasks that one key's bundles tell of, put together from all of their headers: the bundle in
// which a task begins does not know yet how it ends. Somebody may have named very many: of each
// about 60 bytes are kept, and its words. Not thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dataset/reading/bundle_reader.hpp"

namespace fieldnote::dataset {

struct TaskTold {
  std::optional<std::string> words;  // as they left the device
  bool own = false;                  // the words are the person's own
  std::optional<std::string> outcome;
  unsigned parts = 0;  // stretches of work on it
};

class Tasks {
 public:
  // Tells tasks of one key apart.
  [[nodiscard]] static std::uint64_t hash_of(std::string_view id);

  // What is told later counts.
  void tell(const TaskOfBundle& task);
  // There is a stretch of work on it. `id`: empty for none.
  void worked_on(std::string_view id);
  // Those that nobody worked on are told of no more.
  void forget_idle();
  [[nodiscard]] std::optional<TaskTold> find(std::string_view id) const;
  // Calls `f` with each.
  void each(const std::function<void(const TaskTold&)>& f) const;

 private:
  struct Text {
    std::uint32_t offset = 0, size = 0;  // in `texts_`
  };
  struct Task {
    Text words, outcome;
    std::uint32_t parts = 0;
    bool has_words = false, own = false, has_outcome = false;
  };
  void put(Text& text, std::string_view words);
  [[nodiscard]] TaskTold told(const Task& task) const;

  std::unordered_map<std::uint64_t, Task> all_;  // by hashes of their ids
  std::string texts_;
};

}  // namespace fieldnote::dataset
