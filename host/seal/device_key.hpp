// The key of this device: what is held on it is encrypted under these 32 random bytes, which never
// leave it (file `device.key`).
#pragma once

#include <filesystem>

#include "platform/file.hpp"
#include "seal/secret.hpp"

namespace fieldnote::seal {

class DeviceKey {
 public:
  static constexpr std::size_t size = 32;

  explicit DeviceKey(Secret<size> bytes) : bytes_(std::move(bytes)) {}
  // Reads the key at `path`, or makes it there, durably, if there is none; two processes that
  // start at once end with the same key. Refuses (`key_file_refused`) a file of another size, of
  // another owner, or that others may read or write. The folder must be there. `name`: of a new
  // file.
  [[nodiscard]] static Result<DeviceKey> load_or_create(
      const std::filesystem::path& path, platform::NewName name = platform::NewName::synced);

  [[nodiscard]] std::span<const std::byte, size> bytes() const { return bytes_.bytes(); }

 private:
  Secret<size> bytes_;
};

}  // namespace fieldnote::seal
