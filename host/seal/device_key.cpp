#include "seal/device_key.hpp"

#include "seal/key_file.hpp"

namespace fieldnote::seal {

Result<DeviceKey> DeviceKey::load_or_create(const std::filesystem::path& path) {
  auto key = load_or_create_key(path);
  if (!key) return key.error();
  return DeviceKey(std::move(*key));
}

}  // namespace fieldnote::seal
