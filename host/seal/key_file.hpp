// A file of 32 random bytes that is ours alone: how the device key and the participant key lie on
// disk.
#pragma once

#include <filesystem>

#include "seal/primitives.hpp"

namespace fieldnote::seal {

// Reads the key at `path`. Where there is none it makes one: written beside it, synced, renamed
// without replacing, so that a crash leaves a whole key or none and of two processes that start at
// once one wins and both end with its key. Refuses (`key_file_refused`) what is no regular file,
// is not 32 bytes, belongs to another account, or can be read or written by others.
[[nodiscard]] Result<Key32> load_or_create_key(const std::filesystem::path& path);

}  // namespace fieldnote::seal
