// Bundles to a dataset folder: `steps.jsonl`, one step a line, and `dataset.json`.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "dataset/bundle_reader.hpp"

namespace fieldnote::dataset {

struct ExportReport {
  std::size_t bundles = 0;
  std::size_t trajectories = 0;
  std::size_t steps = 0;
  struct Skipped {
    std::string file;
    std::string why;
  };
  std::vector<Skipped> skipped;  // damaged or foreign
  model::Ledger ledger;
};

// `inputs`: files, and folders whose `*.age` are meant. `out` is made, or is empty. A bundle that
// cannot be read is skipped and named. `progress`: bundles done of all.
[[nodiscard]] Result<ExportReport> export_dataset(
    std::span<const platform::fs::path> inputs, std::span<const seal::X25519Identity> identities,
    const platform::fs::path& out, const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace fieldnote::dataset
