// What flows and scripts, which both do the work again, ask of a trajectory.
#pragma once

#include <string_view>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

// Whether it is a field of the browser's own, which can be given a value. Into an editor that a
// page makes, text gets only in the ways of a person.
[[nodiscard]] bool is_plain_field(const model::Target& target);

// Whether it is a slider that a page draws: nothing can be written into it.
[[nodiscard]] bool is_drawn_slider(const model::Target& target);

// Whether it matters where it is clicked: on what is drawn there is nothing else to tell by.
[[nodiscard]] bool is_drawn(const model::Target& target);

// Whether the step that somebody did before step `number`, from 1, was done to the same field,
// which has the focus then.
[[nodiscard]] bool is_in_field(const Trajectory& trajectory, std::size_t number);
// Where an editor is pressed that has not: its first line is always there, and its middle no
// gutter.
[[nodiscard]] model::Pair first_line(const model::Target& editor);

// Whether what was cut or pasted by step `number`, from 1, is told again by the text that its
// field has then. The clipboard of who replays holds something else.
[[nodiscard]] bool is_told_as_text(const Trajectory& trajectory, std::size_t number);

// As the browser names it: "Control".
[[nodiscard]] std::string_view key_word(std::string_view modifier);

}  // namespace fieldnote::dataset
