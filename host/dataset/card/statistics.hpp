// What a dataset is made of, counted while its trajectories are written: what `dataset.json`, the
// card and the report tell. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

// One step as a person reads it.
struct SampleStep {
  std::string kind, target, value, effect;
  std::string_view why;  // it cannot be learned; empty: it can
};

// A trajectory to look at.
struct Sample {
  std::uint64_t rank = 0;
  std::string id, app, instruction;
  Outcome outcome = Outcome::unknown;
  std::size_t steps = 0;          // of the whole
  std::vector<SampleStep> first;  // of them
  std::string seen;               // before its first action that has an outline
};

struct Statistics {
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;
  static constexpr std::size_t most_samples = 5, most_sample_steps = 25, most_seen = 6000;
  static constexpr std::size_t lengths_told = 11;

  std::uint64_t trajectories = 0, steps = 0;
  Counts apps, teams;  // trajectories
  Counts kinds;        // steps
  Counts outcomes, instructions, observations;
  std::array<std::uint64_t, lengths_told> lengths{};  // trajectories of 2^i steps and more
  std::array<std::uint64_t, learnable_words.size()> learnable{};  // steps
  std::vector<Sample> samples;  // those that come first, in their order

  // `rank`: the place of the trajectory among all. `team`: empty where it is not told.
  void count(std::uint64_t rank, const Trajectory& trajectory, std::string_view team);
  void add(const Statistics& other);

  // Steps that somebody did, and not what followed from them; and those that can be learned.
  [[nodiscard]] std::uint64_t done() const;
  [[nodiscard]] std::uint64_t learned() const;
};

}  // namespace fieldnote::dataset
