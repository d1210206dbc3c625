#include "dataset/formats/replaying.hpp"

#include <algorithm>
#include <array>

namespace fieldnote::dataset {
namespace {

using model::Kind;

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_done_to_a_text(Kind kind) {
  return kind == Kind::key || kind == Kind::copy || kind == Kind::cut || kind == Kind::paste;
}

bool is_same_field(const Step& a, const Step& b) {
  return a.tab == b.tab && a.frame == b.frame && a.action.has_target && b.action.has_target &&
         a.action.target.tag == b.action.target.tag &&
         a.action.target.selectors.hops == b.action.target.selectors.hops;
}

}  // namespace

bool is_plain_field(const model::Target& target) {
  static constexpr std::array<std::string_view, 3> plain{"input", "textarea", "select"};
  return is_one_of(plain, target.tag);
}

bool is_drawn_slider(const model::Target& target) {
  return !is_plain_field(target) && (target.role == "slider" || target.role == "spinbutton");
}

bool is_drawn(const model::Target& target) {
  static constexpr std::array<std::string_view, 4> drawn{"canvas", "svg", "img", "video"};
  return is_one_of(drawn, target.tag);
}

bool is_in_field(const Trajectory& trajectory, std::size_t number) {
  const Step& step = trajectory.steps[number - 1];
  for (std::size_t i = number - 1; i > 0; --i)
    if (const Step& before = trajectory.steps[i - 1]; !is_consequence(before))
      return is_same_field(before, step);
  return false;
}

model::Pair first_line(const model::Target& editor) {
  constexpr int below_edge = 8;
  return {std::max(1, editor.box[2] / 2), std::max(1, std::min(below_edge, editor.box[3] / 2))};
}

bool is_told_as_text(const Trajectory& trajectory, std::size_t number) {
  const Step& done = trajectory.steps[number - 1];
  if (done.action.kind != Kind::cut && done.action.kind != Kind::paste) return false;
  for (std::size_t i = number; i < trajectory.steps.size(); ++i) {
    const Step& next = trajectory.steps[i];
    if (is_consequence(next)) continue;
    if (!is_same_field(done, next)) return false;
    if (next.action.kind == Kind::input) return true;
    if (!is_done_to_a_text(next.action.kind)) return false;
  }
  return false;
}

std::string_view key_word(std::string_view modifier) {
  if (modifier == "alt") return "Alt";
  if (modifier == "control") return "Control";
  if (modifier == "meta") return "Meta";
  return "Shift";
}

}  // namespace fieldnote::dataset
