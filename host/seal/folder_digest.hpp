// What a folder of many files holds, in one digest: that of what sha256sum(1) prints of them in the
// order of their names, so that `LC_ALL=C sh -c "sha256sum *" | sha256sum` says the same.
#pragma once

#include <string>
#include <string_view>

#include "seal/digest.hpp"

namespace fieldnote::seal {

class FolderDigest {
 public:
  // In the order of the bytes of their names.
  void add(std::string_view name, const Digest& digest) {
    sha256_.update(platform::as_bytes(digest.hex() + "  " + std::string(name) + '\n'));
  }
  [[nodiscard]] Digest finish() { return sha256_.finish(); }

 private:
  Sha256 sha256_;
};

}  // namespace fieldnote::seal
