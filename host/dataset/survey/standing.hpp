// Datasets after they were made: whether one is whole, whether people have taken back what is in
// it, and what tells two apart.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <vector>

#include "dataset/reading/bundle_set.hpp"

namespace fieldnote::dataset {

// `dataset.json` of a folder.
[[nodiscard]] Result<boost::json::object> read_description(const platform::fs::path& folder);

// Which of its files are not what `dataset.json` says, each a sentence.
[[nodiscard]] Result<std::vector<std::string>> changed_files(
    const platform::fs::path& folder, const boost::json::object& description);

// What was taken back since a dataset was made, of the bundles that it was made from.
struct TakenBack {
  std::size_t bundles = 0;
  std::uint64_t events = 0;
  std::vector<std::string> unread;  // what might say more: why it cannot be read, each a sentence
};
// `set`: bundles of now, with those that ask back.
[[nodiscard]] TakenBack taken_back(const BundleSet& set,
                                   std::span<const seal::X25519Identity> identities,
                                   const boost::json::object& description);

// Lines that say how `b` differs from `a`.
[[nodiscard]] std::vector<std::string> differences(const boost::json::object& a,
                                                   const boost::json::object& b);

}  // namespace fieldnote::dataset
