#include "seal/device_key.hpp"

#include "seal/key_file.hpp"

namespace fieldnote::seal {

Result<DeviceKey> DeviceKey::load_or_create(const std::filesystem::path& path,
                                            platform::NewName name) {
  auto key = load_or_create_key(path, name);
  if (!key) return key.error();
  return DeviceKey(std::move(*key));
}

}  // namespace fieldnote::seal
