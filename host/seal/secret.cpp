#include "seal/secret.hpp"

#include <cstring>

namespace fieldnote::seal {

void wipe(std::span<std::byte> bytes) noexcept {
  // An empty span may point nowhere, which the C library does not allow even for no bytes.
  if (!bytes.empty()) ::explicit_bzero(bytes.data(), bytes.size());
}

void wipe(std::span<char> text) noexcept {
  wipe(std::as_writable_bytes(text));
}

}  // namespace fieldnote::seal
