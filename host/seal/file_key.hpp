// The file key: 16 random bytes, new for each file, from which everything else in it is derived.
// A stanza carries it, encrypted to somebody. (age-encryption.org/v1, "File key", "Header MAC",
// "Payload")
#pragma once

#include <array>
#include <optional>

#include "seal/primitives.hpp"

namespace fieldnote::seal {

using FileKey = Secret<16>;
using PayloadNonce = std::array<std::byte, 16>;
using HeaderMac = std::array<std::byte, 32>;

inline constexpr std::size_t wrapped_file_key_size = FileKey::size + aead_tag_size;

[[nodiscard]] FileKey new_file_key();

// `wrap_key` must be used for this one file key only: the nonce is always zero.
[[nodiscard]] std::array<std::byte, wrapped_file_key_size> wrap_file_key(const Key32& wrap_key,
                                                                         const FileKey& file_key);
// Nothing where `wrapped` was made under another key.
[[nodiscard]] std::optional<FileKey> unwrap_file_key(
    const Key32& wrap_key, std::span<const std::byte, wrapped_file_key_size> wrapped);

// The MAC over the header's bytes from its start through the `---` of its last line.
[[nodiscard]] HeaderMac header_mac(const FileKey& file_key, ByteView header);

[[nodiscard]] Key32 payload_key(const FileKey& file_key, const PayloadNonce& nonce);

}  // namespace fieldnote::seal
