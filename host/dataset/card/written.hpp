// What was written of trajectories, and what was counted of them: of a portion, then of all. Not
// thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/card/statistics.hpp"
#include "dataset/formats/loss.hpp"
#include "dataset/selection/selection.hpp"
#include "dataset/trajectory/trajectory_builder.hpp"

namespace fieldnote::dataset {

struct SplitSize {
  std::uint64_t trajectories = 0, steps = 0;
};

struct Written {
  Statistics statistics;
  ReleaseCounts release;
  std::array<SplitSize, split_words.size()> sizes{};
  std::vector<Loss> losses;  // of each format; empty: nothing was written

  void add(const Written& other);

  // JSON, to be kept beside the rows and read again.
  [[nodiscard]] std::string to_text() const;
  // Of what `to_text` gave: anything else throws.
  [[nodiscard]] static Written of_text(std::string_view text);
};

}  // namespace fieldnote::dataset
