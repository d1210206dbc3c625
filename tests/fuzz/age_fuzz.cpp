// age files, binary or armored, opened with an identity that the corpus was made for.
#include <array>

#include "input.hpp"
#include "seal/age_reader.hpp"
#include "seal/bech32.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  // The identity whose scalar is 32 times 0x42: the corpus is sealed to it.
  static const auto identities = [] {
    const platform::Bytes scalar(32, std::byte{0x42});
    return seal::parse_identities(seal::bech32_encode("AGE-SECRET-KEY-", scalar));
  }();
  fuzz::require(identities.has_value());
  platform::MemorySource source(std::as_bytes(std::span(data, size)));
  auto age = seal::AgeReader::open(source, *identities);
  if (!age) return 0;
  std::array<std::byte, 4096> room{};
  while (true) {
    const auto count = age->read(room);
    if (!count || *count == 0) return 0;
  }
}
