// What a flow of the Chrome Recorder has no step for, as expressions of JavaScript that it waits
// for.
#pragma once

#include <string>
#include <string_view>

#include "model/event.hpp"

namespace fieldnote::dataset {

// Gives the text to the editor that has the focus, in the place of all that is selected: as a
// paste, which editors take by themselves, else as the browser does. Whoever replays writes what
// placeholders stand for into it.
[[nodiscard]] std::string pasting(std::string_view text);

// Gives a value to the field that a selector finds, CSS or `xpath/`, so that the page hears of it.
[[nodiscard]] std::string setting(std::string_view selector, std::string_view value);

// Waits until nothing moves any more, but not for long: some things always do.
[[nodiscard]] std::string settling();

// Waits until a click at `point` of what a selector finds, CSS or `xpath/`, would hit that; but not
// for long, as it may be meant for something that lies on it.
[[nodiscard]] std::string hitting(std::string_view selector, const model::Pair& point);

}  // namespace fieldnote::dataset
