#include "dataset/release/keyed_hash.hpp"

#include <cryptopp/siphash.h>

#include "seal/crypto_bytes.hpp"

namespace fieldnote::dataset {

std::uint64_t KeyedHash::of(std::initializer_list<std::string_view> texts) const {
  CryptoPP::SipHash<2, 4, false> hash(seal::crypto_bytes(key_), static_cast<unsigned>(key_.size()));
  for (const std::string_view text : texts) {
    const std::uint64_t size = text.size();
    hash.Update(reinterpret_cast<const CryptoPP::byte*>(&size), sizeof size);
    hash.Update(reinterpret_cast<const CryptoPP::byte*>(text.data()), text.size());
  }
  std::uint64_t number = 0;
  hash.Final(reinterpret_cast<CryptoPP::byte*>(&number));
  return number;
}

}  // namespace fieldnote::dataset
