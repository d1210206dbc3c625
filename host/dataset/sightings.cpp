#include "dataset/sightings.hpp"

#include <cryptopp/siphash.h>

#include <cstring>

#include "platform/random.hpp"
#include "seal/crypto_bytes.hpp"

namespace fieldnote::dataset {

Sightings::Sightings() {
  platform::fill_random(key_);
}

Sightings::Mark Sightings::mark(Clear where, std::string_view text) const {
  CryptoPP::SipHash<2, 4, true> hash(seal::crypto_bytes(key_), static_cast<unsigned>(key_.size()));
  const auto place = static_cast<CryptoPP::byte>(where);
  hash.Update(&place, 1);
  hash.Update(reinterpret_cast<const CryptoPP::byte*>(text.data()), text.size());
  std::array<CryptoPP::byte, 16> digest{};
  hash.Final(digest.data());
  Mark mark;
  std::memcpy(&mark, digest.data(), sizeof mark);
  return mark;
}

void Sightings::add(const OfPerson& person) {
  const std::scoped_lock lock(guard_);
  for (const Mark& mark : person.marks_) ++people_[mark];
}

std::uint32_t Sightings::people(Clear where, std::string_view text) const {
  const auto at = people_.find(mark(where, text));
  return at == people_.end() ? 0 : at->second;
}

}  // namespace fieldnote::dataset
