// Bundles to a dataset folder: the files of each format and `dataset.json`. Two readings:
// the first learns what is there and how many people showed each clear text, the second writes.
// Memory is bounded by what is open at a time, not by how much there is.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dataset/formats/format.hpp"
#include "dataset/survey.hpp"
#include "dataset/trajectory_builder.hpp"

namespace fieldnote::dataset {

struct ExportOptions {
  std::vector<platform::fs::path> inputs;  // bundles, and folders of them
  platform::fs::path out;                  // made; refused where there is something in it
  unsigned min_people = 0;                 // raises what the bundles ask
  bool internal = false;                   // not to be handed on; see ReleaseRules
  std::set<std::string, std::less<>> approved = {};
  // Orders and names trajectories; without it they come in an order that nobody can repeat.
  std::optional<std::uint64_t> seed = {};
  unsigned threads = 1;
  std::vector<FormatName> formats{FormatName::steps};
  FormatOptions format = {};
};

struct ExportReport {
  std::size_t bundles = 0;
  std::size_t trajectories = 0;
  std::size_t steps = 0;
  std::size_t people = 0;
  unsigned min_people = 0;  // that applied
  bool internal = false;
  std::vector<SkippedFile> skipped;  // damaged or foreign
  std::vector<SkippedFile> broken;   // used, but something before them is missing
  std::uint64_t doubles = 0;
  std::uint64_t withdrawn = 0;  // events that were asked back
  model::Ledger ledger;
  ReleaseCounts release;
  std::array<std::uint64_t, learnable_words.size()> learnable{};  // steps, by Learnable
  std::vector<ShardFile> files;
};

// What is done, of all: first files, then events.
struct ExportProgress {
  FileProgress finding, reading, writing;
};

[[nodiscard]] Result<ExportReport> export_dataset(const ExportOptions& options,
                                                  std::span<const seal::X25519Identity> identities,
                                                  const Roster& roster,
                                                  const ExportProgress& progress);

}  // namespace fieldnote::dataset
