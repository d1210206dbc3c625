// The numbers of the batches of one stream that have come, as closed ranges that do not touch.
#pragma once

#include <cstdint>
#include <map>

namespace fieldnote::dataset {

class SeenBatches {
 public:
  [[nodiscard]] bool has(std::uint64_t seq) const;
  void add(std::uint64_t seq);

 private:
  std::map<std::uint64_t, std::uint64_t> ranges_;  // first -> last
};

}  // namespace fieldnote::dataset
