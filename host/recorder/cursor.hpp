// Where a page of an answer begins, as the page before told it.
#pragma once

#include <string_view>

#include "platform/error.hpp"

namespace fieldnote::recorder {

// A cursor is what this host gave; anything else is refused in a sentence.
[[nodiscard]] Error no_cursor();

// How many items earlier pages had; none for the first page, whose cursor is empty.
[[nodiscard]] Result<std::size_t> items_before(std::string_view cursor);

}  // namespace fieldnote::recorder
