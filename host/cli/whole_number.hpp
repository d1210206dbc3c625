// Options that are whole numbers: what is none, or too small or large, gets a sentence. The parser
// alone takes -1 for the largest number that there is.
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <limits>

namespace fieldnote::cli {

[[nodiscard]] CLI::Validator whole_number(
    std::uint64_t least, std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

}  // namespace fieldnote::cli
