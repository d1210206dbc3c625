// What names and orders the trajectories of a dataset, and draws lots among what they are of. Keyed
// by the seed and the organisation's identities, or by nothing that is kept: neither names nor
// order tell whose a trajectory is, also where the seed is told.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dataset/release/keyed_hash.hpp"
#include "seal/participant_key.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::dataset {

class Naming {
 public:
  Naming(std::uint64_t seed, std::span<const seal::X25519Identity> identities);
  // Without a seed, by a key that nobody keeps.
  explicit Naming(const KeyedHash::Key& key) : hash_(key) {}

  // Of the stretch that begins with `first_line`, `part` of its person, sealed by `key`: computers
  // that were cloned record the same lines.
  [[nodiscard]] std::uint64_t rank(const seal::ParticipantPublicKey& key,
                                   std::string_view first_line, std::uint64_t part) const;

  // "t" and 16 hex digits.
  [[nodiscard]] static std::string id(std::uint64_t rank);

  // The lot of a thing among those of its kind.
  [[nodiscard]] std::uint64_t lot(std::string_view kind, std::string_view thing) const {
    return hash_.of({kind, thing});
  }

 private:
  KeyedHash hash_;
};

}  // namespace fieldnote::dataset
