// A file of 32 random bytes that is ours alone: how the device key and the participant key lie on
// disk.
#pragma once

#include <filesystem>

#include "platform/file.hpp"
#include "seal/primitives.hpp"

namespace fieldnote::seal {

// Reads the key at `path`. Where there is none it makes one: written beside it, synced, renamed
// without replacing, so that a crash leaves a whole key or none and of two processes that start at
// once one wins and both end with its key. Refuses (`key_file_refused`) what is no regular file,
// is not 32 bytes, belongs to another account, or can be read or written by others.
// `name`: of a new file.
[[nodiscard]] Result<Key32> load_or_create_key(const std::filesystem::path& path,
                                               platform::NewName name = platform::NewName::synced);

}  // namespace fieldnote::seal
