// Runs of three actions, as they are counted: which ones somebody did one after the other in a tool
// may point at them, where each of the three alone would not. An action is its kind, the role of
// its target, and the target's name or, of a navigation, the route, where that may be told; values
// and what merely followed count for nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "dataset/release/release.hpp"
#include "model/event.hpp"

namespace fieldnote::dataset {

// Whether nobody did an action by itself: it followed from the one that it names as its cause, or
// the page did it.
[[nodiscard]] bool is_consequence(const model::Event& action);
// Whether an event is an action that counts in a run.
[[nodiscard]] bool counts_in_run(const model::Event& event);

// One action of a run, with its words and without them.
struct RunAction {
  std::uint64_t told = 0, untold = 0;  // equal where there are no words that are clear
};

// Where the words of an action stand, and what they are: the name of the target, or the route.
struct RunWords {
  Clear where = Clear::interface_text;
  std::string_view text;
};
[[nodiscard]] RunWords words_of(const model::Event& action);
// `app`: the tool that it was done in.
[[nodiscard]] RunAction run_action(std::string_view app, const model::Event& action);

// The last three actions of a stretch.
class ActionRun {
 public:
  static constexpr std::size_t length = 3;
  // The text that a run is counted by. Lives as long as nothing else is asked of the run.
  using Form = std::array<std::uint64_t, length>;

  void next(const RunAction& action);
  [[nodiscard]] bool is_whole() const { return actions_ >= length; }
  void begin_anew() { actions_ = 0; }

  // Calls `f` with each form that the run may have once it is known which words may be told.
  template <class F>
  void each_form(F&& f) const {
    for (unsigned told = 0; told < 1U << length; ++told) {
      bool is_new = true;
      Form form{};
      for (std::size_t i = 0; i < length; ++i) {
        const bool tells = (told >> i & 1U) != 0;
        is_new = is_new && !(tells && run_[i].told == run_[i].untold);
        form[i] = tells ? run_[i].told : run_[i].untold;
      }
      if (is_new) f(text_of(form));
    }
  }

  // What tells it apart from other runs. Lives as long as nothing else is asked of it.
  [[nodiscard]] std::string_view text() const {
    return {reinterpret_cast<const char*>(run_.data()), sizeof run_};
  }

  [[nodiscard]] static std::string_view text_of(const Form& form) {
    return {reinterpret_cast<const char*>(form.data()), sizeof form};
  }

 private:
  std::array<RunAction, length> run_{};  // the latest last
  std::size_t actions_ = 0;
};

}  // namespace fieldnote::dataset
