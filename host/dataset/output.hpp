// The files of a dataset: those of each format, in its folder or, where there are splits, in one
// folder for each, and what each format cannot carry.
#pragma once

#include <memory>
#include <vector>

#include "dataset/export_report.hpp"
#include "dataset/selection.hpp"

namespace fieldnote::dataset {

// A file of the dataset that is no row of anything. Durable when it returns.
[[nodiscard]] Result<void> write_document(const platform::fs::path& path, std::string_view text);

class Output {
 public:
  // `splits`: those that something is of; empty: there are none, and all is written as `train`.
  [[nodiscard]] static Result<Output> make(const ExportOptions& options,
                                           const std::vector<Split>& splits);

  // Safe from several threads.
  [[nodiscard]] Result<void> add(Split split, std::uint64_t rank, const Trajectory& trajectory);
  // Writes `FORMAT.loss.json` too, which is not among the files that it returns.
  [[nodiscard]] Result<std::vector<ShardFile>> finish();

 private:
  struct Folder {
    std::string before;  // "train/", of its files' names
    std::vector<std::unique_ptr<Format>> formats;
  };
  explicit Output(const ExportOptions& options) : options_(&options) {}

  const ExportOptions* options_;
  std::array<Folder, split_words.size()> folders_;
};

}  // namespace fieldnote::dataset
