#include "dataset/reading/seen_batches.hpp"

#include <iterator>

namespace fieldnote::dataset {

bool SeenBatches::has(std::uint64_t seq) const {
  const auto after = ranges_.upper_bound(seq);
  return after != ranges_.begin() && std::prev(after)->second >= seq;
}

void SeenBatches::add(std::uint64_t seq) {
  if (has(seq)) return;
  auto after = ranges_.upper_bound(seq);
  const bool joins_after = after != ranges_.end() && after->first == seq + 1;
  if (after != ranges_.begin() && std::prev(after)->second + 1 == seq) {
    const auto before = std::prev(after);
    before->second = joins_after ? after->second : seq;
    if (joins_after) ranges_.erase(after);
  } else if (joins_after) {
    const std::uint64_t last = after->second;
    ranges_.erase(after);
    ranges_.emplace(seq, last);
  } else {
    ranges_.emplace(seq, seq);
  }
}

}  // namespace fieldnote::dataset
