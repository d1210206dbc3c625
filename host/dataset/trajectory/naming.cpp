#include "dataset/trajectory/naming.hpp"

#include <algorithm>
#include <cstring>

#include "seal/primitives.hpp"

namespace fieldnote::dataset {
namespace {

// Datasets tell their seed: it alone would let anybody draw the lots of all people again.
KeyedHash::Key key_of(std::uint64_t seed, std::span<const seal::X25519Identity> identities) {
  platform::Bytes secrets;
  secrets.reserve(identities.size() * seal::X25519Identity::size);
  for (const seal::X25519Identity& identity : identities)
    secrets.insert(secrets.end(), identity.scalar().begin(), identity.scalar().end());
  std::array<std::byte, sizeof seed> salt{};
  std::memcpy(salt.data(), &seed, sizeof seed);
  const seal::Key32 derived = seal::hkdf_sha256(secrets, salt, "fieldnote names in a dataset");
  seal::wipe(std::span(secrets));
  KeyedHash::Key key{};
  std::copy_n(derived.bytes().begin(), key.size(), key.begin());
  return key;
}

}  // namespace

Naming::Naming(std::uint64_t seed, std::span<const seal::X25519Identity> identities)
    : hash_(key_of(seed, identities)) {}

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
