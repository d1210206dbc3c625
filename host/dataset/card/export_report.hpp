// What an export was asked for, and what came of it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dataset/card/license.hpp"
#include "dataset/card/statistics.hpp"
#include "dataset/card/written.hpp"
#include "dataset/formats/format.hpp"
#include "dataset/reading/bundle_set.hpp"
#include "dataset/release/release.hpp"
#include "dataset/selection/selection.hpp"
#include "dataset/trajectory/trajectory_builder.hpp"

namespace fieldnote::dataset {

// What the dataset's owner says of it. The program knows none of this.
struct Terms {
  License license;
  std::string title = "Work in web tools";
  std::string parent;        // id of the dataset that this one replaces
  std::string delete_after;  // "2027-11-30"
};

struct ExportOptions {
  std::vector<platform::fs::path> inputs;            // bundles, and folders of them
  platform::fs::path out;                            // made; refused where there is something in it
  unsigned min_people = 0;                           // raises what the bundles ask
  bool internal = false;                             // not to be handed on; see ReleaseRules
  std::set<std::string, std::less<>> approved = {};  // see ReleaseRules
  std::string approved_by = {};
  // Orders and names trajectories; without it they come in an order that nobody can repeat.
  std::optional<std::uint64_t> seed = {};
  unsigned threads = 1;
  std::vector<FormatName> formats{FormatName::steps};
  FormatOptions format = {};
  SelectionRules selection = {};
  Terms terms = {};
};

struct UsedBundle {
  seal::Digest digest;
  std::int64_t events = 0;
  friend auto operator<=>(const UsedBundle&, const UsedBundle&) = default;
};

struct ExportReport {
  std::string id;  // of the dataset
  std::size_t bundles = 0;
  std::size_t trajectories = 0;
  std::size_t steps = 0;
  std::size_t people = 0;
  unsigned min_people = 0;  // that applied
  bool internal = false;
  bool synthetic = false;
  std::set<std::string, std::less<>> organisations;  // that the bundles name
  std::string first_week, last_week;                 // of the sealing; empty: not told
  std::vector<UsedBundle> used;                      // in the order of their digests
  std::vector<seal::Digest> asking;                  // what was read of who asks something back
  std::vector<SkippedFile> skipped;                  // damaged or foreign
  std::size_t foreign = 0;                           // of them: by keys not on the roster
  std::vector<SkippedFile> broken;                   // used, but something before them is missing
  std::uint64_t doubles = 0;
  std::uint64_t withdrawn = 0;  // events that were asked back
  model::Ledger ledger;
  ReleaseCounts release;
  Statistics statistics;
  std::map<std::string, SplitSize, std::less<>> splits;  // empty: there are none
  Statistics::Counts left_out;                           // trajectories, by reason
  std::vector<ShardFile> files;
  // Of an export that went on where a killed one had come to: events that were written by then, and
  // all of them. No part of the dataset.
  std::uint64_t resumed_events = 0, events = 0;
  // What a killed export had left was of no use.
  bool begun_anew = false;
};

}  // namespace fieldnote::dataset
