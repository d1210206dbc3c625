// Near-duplicates among trajectories of one tool: those that are at least `least_likeness` like one
// that came before. Each is compared only with those that it shares a band of its fingerprint with
// (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4): sixteen bands of four find more
// than 99 of 100 that are 0.8 alike.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "dataset/fingerprint.hpp"

namespace fieldnote::dataset {

class NearDuplicates {
 public:
  static constexpr double least_likeness = 0.8;

  // Whether it is like none that was let in before; then it is let in. `app`: of the tool.
  [[nodiscard]] bool let_in(std::uint64_t app, const Fingerprint& fingerprint);

 private:
  static constexpr std::size_t band_size = 4;
  static constexpr std::size_t bands = Fingerprint::size / band_size;
  // Of a band that very many share, only the last so many are looked at.
  static constexpr std::size_t most_compared = 256;

  std::vector<Fingerprint> all_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_band_;
};

}  // namespace fieldnote::dataset
