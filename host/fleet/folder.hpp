// Shipping to a folder that another machine reads: a mounted share, a USB disk. A bundle is gone
// here only when it was read back there.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "platform/file.hpp"

namespace fieldnote::fleet {

struct ShipReport {
  std::size_t shipped = 0;
  std::uint64_t bytes = 0;
};

// Moves every `*.age` of `from` to `to`: under a temporary name, synced, renamed, read back and
// compared, then deleted here. One that is there already with the same bytes counts as shipped;
// with other bytes it is an error, and both stay. `progress`: bundles done of all.
[[nodiscard]] Result<ShipReport> ship_to_folder(
    const platform::fs::path& from, const platform::fs::path& to,
    const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace fieldnote::fleet
