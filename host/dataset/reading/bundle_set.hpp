// The bundles that an export was given, put in order before any is read whole: by person, key and
// number. What cannot be used is named, never passed over in silence.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "dataset/reading/bundle_reader.hpp"
#include "dataset/reading/roster.hpp"

namespace fieldnote::dataset {

struct SkippedFile {
  std::string file;
  std::string why;
  bool foreign = false;  // sealed by a key that is not on the roster
};

struct BundleFile {
  platform::fs::path path;
  std::int64_t n = 0;
};

// What one key of one person sealed, in the order of its chain.
struct Chain {
  seal::ParticipantPublicKey key;
  Person person{};
  std::vector<BundleFile> files;
  std::vector<platform::fs::path> asking;  // those of them that say they ask something back
};

struct BundleSet {
  std::vector<Chain> chains;  // by person, then key
  std::vector<SkippedFile> skipped;
  std::size_t foreign = 0;  // of the skipped: sealed by keys that are not on the roster
  [[nodiscard]] std::size_t files() const;
};

// Files done, of all; called from one thread at a time.
using FileProgress = std::function<void(std::size_t, std::size_t)>;

// `inputs`: files, and folders whose `*.age` are meant.
[[nodiscard]] Result<BundleSet> find_bundles(std::span<const platform::fs::path> inputs,
                                             std::span<const seal::X25519Identity> identities,
                                             const Roster& roster, unsigned threads,
                                             const FileProgress& progress);

}  // namespace fieldnote::dataset
