#include "dataset/trajectory/naming.hpp"

#include <cstring>

namespace fieldnote::dataset {
namespace {

KeyedHash::Key key_of(std::uint64_t seed) {
  KeyedHash::Key key{};
  std::memcpy(key.data(), &seed, sizeof seed);
  return key;
}

}  // namespace

Naming::Naming(std::uint64_t seed) : hash_(key_of(seed)) {}

std::uint64_t Naming::rank(const seal::ParticipantPublicKey& key, std::string_view first_line,
                           std::uint64_t part) const {
  return hash_.of({platform::as_text(key.bytes), first_line, std::to_string(part)});
}

std::string Naming::id(std::uint64_t rank) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string id = "t";
  for (int shift = 60; shift >= 0; shift -= 4) id += hex[rank >> shift & 15U];
  return id;
}

}  // namespace fieldnote::dataset
