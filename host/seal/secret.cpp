#include "seal/secret.hpp"

#include <cstring>

namespace fieldnote::seal {

void wipe(std::span<std::byte> bytes) noexcept {
  ::explicit_bzero(bytes.data(), bytes.size());
}

void wipe(std::span<char> text) noexcept {
  ::explicit_bzero(text.data(), text.size());
}

}  // namespace fieldnote::seal
