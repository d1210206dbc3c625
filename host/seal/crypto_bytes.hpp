// Crypto++ has its own byte; this is where the two meet: what it reads, and room that it fills.
#pragma once

#include <cryptopp/config.h>

#include <cstddef>
#include <span>

namespace fieldnote::seal {

[[nodiscard]] inline const CryptoPP::byte* crypto_bytes(std::span<const std::byte> bytes) {
  return reinterpret_cast<const CryptoPP::byte*>(bytes.data());
}
[[nodiscard]] inline CryptoPP::byte* crypto_room(std::span<std::byte> room) {
  return reinterpret_cast<CryptoPP::byte*>(room.data());
}

}  // namespace fieldnote::seal
