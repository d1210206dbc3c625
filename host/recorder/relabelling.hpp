// Tasks named, and cut, afterwards: held events are given to another task.
#pragma once

#include "channel/request.hpp"
#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

struct Labelled {
  std::int64_t events = 0;
  std::optional<spool::Task> task;
};

// By the words' rules of recorder/tasks. Where a task alone is chosen it gets the words and keeps
// its id.
[[nodiscard]] Result<Labelled> label_held(spool::Spool& spool, const policy::Assignment* assignment,
                                          const channel::LabelRequest& request);

}  // namespace fieldnote::recorder
