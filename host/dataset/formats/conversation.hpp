// A trajectory as a conversation with a model that acts through tools: what it was told to do, then
// the page and a call, the page and a call. What both chat formats are written from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dataset/formats/format.hpp"
#include "dataset/formats/rows.hpp"
#include "dataset/formats/tool_calls.hpp"

namespace fieldnote::dataset {

// A page that was seen, until another one was.
struct Sight {
  std::string_view url;
  std::string_view outline;  // empty: none was at hand
};

struct Turn {
  ToolCall call;
  std::size_t step = 0;   // from 1
  std::size_t sight = 0;  // the page before it
  bool learnable = false;
};

// What of a conversation a row tells.
struct Window {
  std::size_t first = 0, last = 0;  // turns
  std::size_t dropped = 0;          // sights before this one are left out
  bool is_whole = false;            // to the end, and what was said there
};

class Conversation {
 public:
  // Counts in `loss` which steps are in no turn.
  Conversation(const Trajectory& trajectory, Loss& loss);

  [[nodiscard]] const std::vector<Turn>& turns() const { return turns_; }
  [[nodiscard]] std::string opening(const Window& window) const;  // what the model is asked
  // The page before a turn, as the answer to the call of the one before it.
  [[nodiscard]] std::string page_before(std::size_t turn, const Window& window) const;
  // The page at the end of work that was done; empty where it was not, or was not seen.
  [[nodiscard]] std::string page_after() const;
  // Whether a model that is shown the window can learn the turn.
  [[nodiscard]] bool is_learned(std::size_t turn, const Window& window) const;
  // Whether it can learn anything of it: a turn, or that the work is done.
  [[nodiscard]] bool teaches(const Window& window) const;

  // The row of the whole, and the row that ends in each turn that can be learned. A token is taken
  // as 3 bytes; 0: no limit. Outlines are left out from the oldest on, then, of a row a step,
  // turns; the last outline and what is done on it never. `too_long`: what remains has more all the
  // same.
  struct Fitted {
    Window window;
    bool too_long = false;
  };
  [[nodiscard]] Fitted whole(std::size_t max_tokens) const;
  [[nodiscard]] std::vector<Fitted> steps(std::size_t max_tokens) const;

  static constexpr std::string_view system =
      "You work in a web browser by calling tools. Each page is shown as a snapshot in which "
      "[ref=...] "
      "names an element: give it as the target of a call.";
  static constexpr std::string_view done = "Done.";

 private:
  void add(ToolCall call, const Sight& sight, std::size_t step);
  [[nodiscard]] std::string page(const Sight& sight, std::string_view outline) const;
  [[nodiscard]] std::size_t size_of(const Turn& turn) const;

  const Trajectory& trajectory_;
  std::vector<Sight> sights_;
  std::vector<Turn> turns_;
};

}  // namespace fieldnote::dataset
