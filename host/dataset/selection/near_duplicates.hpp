// Near-duplicates among trajectories of one tool: those that are at least `least_likeness` like one
// that came before. Each is compared only with those that it shares a band of its fingerprint with
// (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4): sixteen bands of four find more
// than 99 of 100 that are 0.8 alike.
//
// Memory is bounded: about 260 bytes for each that was let in, and of those only the latest
// `most_known` are known.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "dataset/selection/fingerprint.hpp"

namespace fieldnote::dataset {

class NearDuplicates {
 public:
  static constexpr double least_likeness = 0.8;
  // More is as good for few datasets, and takes more than an export is to have.
  static constexpr std::size_t most_known = 400'000;

  // Whether it is like none that was let in before; then it is let in. `app`: of the tool.
  [[nodiscard]] bool let_in(std::uint64_t app, const Fingerprint& fingerprint);

 private:
  static constexpr std::size_t band_size = 4;
  static constexpr std::size_t bands = Fingerprint::size / band_size;
  // Of a band that very many share, only the last so many are looked at.
  static constexpr std::size_t most_compared = 256;

  using Buckets = std::array<std::size_t, bands>;
  [[nodiscard]] Buckets buckets_of(std::uint64_t app, const Fingerprint& fingerprint) const;
  void link(std::size_t place, std::uint64_t number, const Buckets& buckets);
  void grow();

  // Those let in are numbered from 1; number n lies at n modulo `most_known`.
  struct Known {
    Fingerprint fingerprint;
    std::uint64_t app = 0;
    std::array<std::uint32_t, bands> before{};  // the one before it in each bucket; 0: none
  };
  std::deque<Known> known_;
  std::uint64_t last_ = 0;
  std::vector<std::uint32_t> heads_;  // the last one of each bucket, a power of two
};

}  // namespace fieldnote::dataset
