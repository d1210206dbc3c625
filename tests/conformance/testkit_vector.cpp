#include "testkit_vector.hpp"

#include <cryptopp/filters.h>
#include <cryptopp/zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fieldnote::conformance {
namespace {

namespace fs = std::filesystem;

std::string inflate(const std::string& compressed) {
  std::string text;
  CryptoPP::StringSource(compressed, true,
                         new CryptoPP::ZlibDecompressor(new CryptoPP::StringSink(text)));
  return text;
}

seal::FileKey file_key_from_hex(const std::string& hex) {
  seal::FileKey key;
  // The kit's file keys are half as long as a digest, which has the hex decoder.
  const auto digest = seal::Digest::from_hex(hex + std::string(64 - hex.size(), '0')).value();
  std::copy_n(digest.bytes.begin(), key.size, key.bytes().begin());
  return key;
}

void take_field(TestkitVector& vector, const std::string& key, const std::string& value) {
  if (key == "expect") vector.expect = value;
  if (key == "payload") vector.payload = seal::Digest::from_hex(value).value();
  if (key == "file key") vector.file_key = file_key_from_hex(value);
  if (key == "identity") vector.identities.push_back(value);
  if (key == "passphrase") vector.passphrases.push_back(value);
}

}  // namespace

TestkitVector load_vector(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  TestkitVector vector;
  vector.name = path.filename().string();
  bool compressed = false;
  for (std::string line; std::getline(in, line) && !line.empty();) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) throw std::runtime_error(vector.name + ": no field: " + line);
    const std::string key = line.substr(0, colon);
    compressed = compressed || key == "compressed";
    take_field(vector, key, line.substr(colon + 2));
  }
  std::string file{std::istreambuf_iterator<char>(in), {}};
  if (compressed) file = inflate(file);
  const auto bytes = platform::as_bytes(file);
  vector.file.assign(bytes.begin(), bytes.end());
  if (vector.expect.empty()) throw std::runtime_error(vector.name + ": expects nothing");
  return vector;
}

std::optional<std::vector<TestkitVector>> load_testkit() {
  const char* chosen = std::getenv("FIELDNOTE_AGE_TESTKIT");
  const fs::path folder = chosen != nullptr ? chosen : FIELDNOTE_AGE_TESTKIT_DEFAULT;
  if (!fs::is_directory(folder)) return std::nullopt;
  std::vector<TestkitVector> vectors;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) vectors.push_back(load_vector(entry.path()));
  return vectors;
}

}  // namespace fieldnote::conformance
