// One vector of the C2SP/CCTV age test kit: lines of `key: value`, an empty line, an age file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "platform/byte_stream.hpp"
#include "seal/digest.hpp"
#include "seal/file_key.hpp"

namespace fieldnote::conformance {

struct TestkitVector {
  std::string name;
  std::string expect;                   // "success", "header failure", "armor failure", ...
  std::optional<seal::Digest> payload;  // of what is to be released, also before a failure
  std::optional<seal::FileKey> file_key;
  std::vector<std::string> identities;
  std::vector<std::string> passphrases;
  platform::Bytes file;
};

// Throws std::runtime_error where the kit is not as described: then the test, not the code, is
// wrong.
[[nodiscard]] TestkitVector load_vector(const std::filesystem::path& path);

// All in the folder that FIELDNOTE_AGE_TESTKIT names, or else the one beside the checkout; nothing
// where it is not there.
[[nodiscard]] std::optional<std::vector<TestkitVector>> load_testkit();

}  // namespace fieldnote::conformance
