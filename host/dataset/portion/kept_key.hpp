// The keys of what an unfinished export keeps on disk. They are derived from the organisation's
// identities, so that none is written: who can read what is kept can open the bundles it comes of.
#pragma once

#include <span>
#include <string_view>

#include "seal/digest.hpp"
#include "seal/primitives.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::dataset {

class KeptKey {
 public:
  // `salt`: drawn when the export began. `work`: what it makes of what; another is another key.
  KeptKey(std::span<const seal::X25519Identity> identities, platform::ByteView salt,
          const seal::Digest& work);

  // The key of one thing.
  [[nodiscard]] seal::Key32 of(std::string_view what, platform::ByteView salt = {}) const;

 private:
  seal::Key32 key_;
};

}  // namespace fieldnote::dataset
