// The formats that one portion is written in, those of all splits. Not thread-safe.
#pragma once

#include <memory>
#include <vector>

#include "dataset/card/export_report.hpp"
#include "dataset/portion/sink.hpp"
#include "dataset/selection/selection.hpp"

namespace fieldnote::dataset {

class Output {
 public:
  // `splits`: those that something is of; empty: there are none, and all is written as `train`.
  // `sink` must outlive it.
  Output(const ExportOptions& options, const std::vector<Split>& splits, Sink& sink);

  [[nodiscard]] Result<void> add(Split split, std::uint64_t rank, const Trajectory& trajectory);
  // Of each format, so far.
  [[nodiscard]] std::vector<Loss> losses() const;

 private:
  // By format and split; null where nothing is of the split.
  std::vector<std::array<std::unique_ptr<Format>, split_words.size()>> formats_;
};

}  // namespace fieldnote::dataset
