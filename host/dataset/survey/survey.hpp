// The first reading of all bundles: what is there, whether it is what it says it is, and from how
// many people each clear text comes. What it finds decides what the second reading writes.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "dataset/reading/bundle_set.hpp"
#include "dataset/reading/withdrawals.hpp"
#include "dataset/release/sightings.hpp"
#include "dataset/survey/tasks.hpp"

namespace fieldnote::dataset {

// A bundle that was good at the first reading; at the second it must be the same.
struct GoodFile {
  platform::fs::path path;
  seal::Digest digest;
  std::int64_t events = 0;
};

// One person's bundles: their keys one after the other, each in the order of its chain.
struct GoodChain {
  seal::ParticipantPublicKey key;
  std::vector<GoodFile> files;
  Withdrawals withdrawals;
  std::vector<seal::Digest> asking;  // the bundles that these are from
  Tasks tasks;                       // that their events are of
};
struct PersonFiles {
  Person person{};
  std::vector<GoodChain> chains;
  [[nodiscard]] std::uint64_t events() const;
};

struct Survey {
  // `room`: a folder where there is room on disk.
  explicit Survey(platform::fs::path room = platform::fs::temp_directory_path())
      : sightings(std::move(room)) {}

  std::vector<PersonFiles> people;  // of whom there is at least one good bundle
  std::vector<SkippedFile> skipped;
  std::size_t foreign = 0;          // of the skipped: by keys that are not on the roster
  std::vector<SkippedFile> broken;  // used, but the chain that they stand in is not whole
  model::Ledger ledger;
  Sightings sightings;
  unsigned min_participants = 0;  // the largest that any header asks
  std::uint64_t events = 0;
  std::uint64_t doubles = 0;    // sealed twice
  std::uint64_t withdrawn = 0;  // events that were asked back, and are not used
  bool synthetic = false;       // one bundle at least
  std::set<std::string, std::less<>> organisations;
  std::string first_week, last_week;  // of the sealing
  [[nodiscard]] std::size_t files() const;
};

// Fills `survey`, which is empty. `set` is used up. What is wrong with bundles is told in the
// survey; it fails where there is no room on disk.
[[nodiscard]] Result<void> take_survey(BundleSet set,
                                       std::span<const seal::X25519Identity> identities,
                                       unsigned threads, const FileProgress& progress,
                                       Survey& survey);

}  // namespace fieldnote::dataset
