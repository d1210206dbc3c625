// The lines of one trajectory on their way into shards, a few megabytes at a time: a row a step
// repeats what came before, and all of them together may be large.
#pragma once

#include <string>

#include "dataset/portion/shards.hpp"

namespace fieldnote::dataset {

class Rows {
 public:
  Rows(Shards& shards, std::uint64_t rank) : shards_(shards), rank_(rank) {}

  // Room for the next line; without its line feed.
  [[nodiscard]] std::string& line() { return lines_; }
  [[nodiscard]] Result<void> end_line() {
    lines_ += '\n';
    return lines_.size() < most ? Result<void>() : finish();
  }
  [[nodiscard]] Result<void> finish() {
    if (lines_.empty()) return {};
    auto added = shards_.add(rank_, lines_, part_++);
    lines_.clear();
    return added;
  }

 private:
  static constexpr std::size_t most = 4 << 20;

  Shards& shards_;
  std::uint64_t rank_;
  unsigned part_ = 0;
  std::string lines_;
};

}  // namespace fieldnote::dataset
