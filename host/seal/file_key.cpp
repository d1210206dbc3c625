#include "seal/file_key.hpp"

#include "platform/random.hpp"

namespace fieldnote::seal {

FileKey new_file_key() {
  FileKey key;
  platform::fill_random(key.bytes());
  return key;
}

std::array<std::byte, wrapped_file_key_size> wrap_file_key(const Key32& wrap_key,
                                                           const FileKey& file_key) {
  std::array<std::byte, wrapped_file_key_size> wrapped;
  AeadSealer(wrap_key).seal(AeadNonce{}, file_key.bytes(), wrapped);
  return wrapped;
}

std::optional<FileKey> unwrap_file_key(const Key32& wrap_key,
                                       std::span<const std::byte, wrapped_file_key_size> wrapped) {
  FileKey file_key;
  if (!AeadOpener(wrap_key).open(AeadNonce{}, wrapped, file_key.bytes())) return std::nullopt;
  return file_key;
}

HeaderMac header_mac(const FileKey& file_key, ByteView header) {
  return hmac_sha256(hkdf_sha256(file_key.bytes(), {}, "header").bytes(), header);
}

Key32 payload_key(const FileKey& file_key, const PayloadNonce& nonce) {
  return hkdf_sha256(file_key.bytes(), nonce, "payload");
}

}  // namespace fieldnote::seal
