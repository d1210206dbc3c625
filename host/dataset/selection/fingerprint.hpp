// How alike two trajectories are, by MinHash (Broder, 1997) of two sets, of which 8 bits each are
// kept (Li and König, 2010): what was done, as runs of five actions with roles, names and values;
// and the lines of all outlines that were seen. Numbers of placeholders and refs count for nothing.
#pragma once

#include <array>
#include <cstdint>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

struct Fingerprint {
  static constexpr std::size_t size = 64;
  using Half = std::array<std::uint8_t, size>;
  Half done{}, seen{};
};

[[nodiscard]] Fingerprint fingerprint_of(const Trajectory& trajectory);

// The share of both sets that they have in common, of actions or outlines, whichever is less:
// about, give or take 0.05.
[[nodiscard]] double likeness(const Fingerprint& a, const Fingerprint& b);

}  // namespace fieldnote::dataset
