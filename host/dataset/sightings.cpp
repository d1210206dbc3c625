#include "dataset/sightings.hpp"

#include <cryptopp/siphash.h>

#include <cstring>

#include "platform/random.hpp"
#include "seal/crypto_bytes.hpp"

namespace fieldnote::dataset {

Sightings::Sightings() {
  platform::fill_random(key_);
}

Sightings::Mark Sightings::mark(Clear where, std::string_view counted) const {
  CryptoPP::SipHash<2, 4, true> hash(seal::crypto_bytes(key_), static_cast<unsigned>(key_.size()));
  const auto place = static_cast<CryptoPP::byte>(where);
  hash.Update(&place, 1);
  hash.Update(reinterpret_cast<const CryptoPP::byte*>(counted.data()), counted.size());
  std::array<CryptoPP::byte, 16> digest{};
  hash.Final(digest.data());
  Mark mark;
  std::memcpy(&mark, digest.data(), sizeof mark);
  return mark;
}

void Sightings::add(std::span<const Mark> marks) {
  const std::scoped_lock lock(guard_);
  for (const Mark& mark : marks) ++people_[mark];
}

std::uint32_t Sightings::people(Clear where, std::string_view counted) const {
  const auto at = people_.find(mark(where, counted));
  return at == people_.end() ? 0 : at->second;
}

}  // namespace fieldnote::dataset
