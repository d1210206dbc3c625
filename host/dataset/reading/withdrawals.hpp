// What the owner of a key asked back of what they had sealed (manifest/protocol.md, Taking the yes
// back): bundles that ask cover the bundles of the same key before them.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset/reading/bundle_reader.hpp"

namespace fieldnote::dataset {

class Withdrawals {
 public:
  void add(std::int64_t n, const model::AskedBack& asked) { asked_.push_back({n, asked}); }

  // Whether nothing of the bundle may be used.
  [[nodiscard]] bool covers(const BundleHeader& bundle) const;
  // Takes out events of tasks that were asked back; returns how many.
  [[nodiscard]] std::int64_t take_from(Bundle& bundle) const;

 private:
  struct Asking {
    std::int64_t n;  // of the bundle that asks
    model::AskedBack what;
  };
  std::vector<Asking> asked_;
};

}  // namespace fieldnote::dataset
