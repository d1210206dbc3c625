// Bundles to a dataset folder: the files of each format, `dataset.json`, the card (`README.md`,
// `croissant.json`) and `report.html`. Two readings: the first learns what is there and how many
// people showed each clear text, the second writes. Memory is bounded by what is open at a time,
// not by how much there is. Under the name of the folder there is a whole dataset or none.
#pragma once

#include <span>

#include "dataset/card/export_report.hpp"
#include "dataset/reading/roster.hpp"

namespace fieldnote::dataset {

// What is done, of all: first files, then events.
struct ExportProgress {
  FileProgress finding, reading, writing;
  // Only where trajectories have to be seen before any is taken.
  FileProgress choosing = [](std::size_t, std::size_t) {};
  // All bundles were opened: which are used. Called also where the export is refused after that.
  std::function<void(const ExportReport&)> opened = [](const ExportReport&) {};
  // Before anything is written: what is known of what was left by a killed export.
  std::function<void(const ExportReport&)> resuming = [](const ExportReport&) {};
};

[[nodiscard]] Result<ExportReport> export_dataset(const ExportOptions& options,
                                                  std::span<const seal::X25519Identity> identities,
                                                  const Roster& roster,
                                                  const ExportProgress& progress);

}  // namespace fieldnote::dataset
