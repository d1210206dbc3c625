#include "dataset/near_duplicates.hpp"

#include <cstring>

namespace fieldnote::dataset {

bool NearDuplicates::let_in(std::uint64_t app, const Fingerprint& fingerprint) {
  std::array<std::vector<std::uint32_t>*, bands> shared{};
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint32_t part = 0;
    std::memcpy(&part, fingerprint.done.data() + band * band_size, band_size);
    shared[band] = &by_band_[app ^ (std::uint64_t{part} << 8U | band) * 0x9E3779B97F4A7C15U];
  }
  for (const auto* others : shared) {
    const std::size_t begin = others->size() > most_compared ? others->size() - most_compared : 0;
    for (std::size_t i = begin; i < others->size(); ++i)
      if (likeness(all_[(*others)[i]], fingerprint) >= least_likeness) return false;
  }
  const auto number = static_cast<std::uint32_t>(all_.size());
  all_.push_back(fingerprint);
  for (auto* others : shared) others->push_back(number);
  return true;
}

}  // namespace fieldnote::dataset
