// Steps as calls of Playwright's MCP server. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

struct ToolCall {
  std::string_view name;
  std::string arguments;  // a JSON object
};

// Those of one trajectory, whose tabs it keeps count of.
class ToolCalls {
 public:
  struct Answer {
    std::vector<ToolCall> calls;
    std::string_view why_not;  // where there are none
  };
  // Of the next step. What is done in a tab that was not changed to by a step of its own comes
  // behind a call that changes to it.
  [[nodiscard]] Answer next(const Step& step);
  // The tab in sight; 0 before the first step.
  [[nodiscard]] std::int64_t current() const { return current_; }

 private:
  [[nodiscard]] Answer of_tab(const Step& step);
  [[nodiscard]] std::size_t index_of(std::int64_t tab);

  std::vector<std::int64_t> tabs_;  // that are open, in the order in which the server counts them
  std::int64_t current_ = 0;
};

}  // namespace fieldnote::dataset
