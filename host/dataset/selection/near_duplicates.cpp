#include "dataset/selection/near_duplicates.hpp"

#include <cstring>

namespace fieldnote::dataset {

NearDuplicates::Buckets NearDuplicates::buckets_of(std::uint64_t app,
                                                   const Fingerprint& fingerprint) const {
  Buckets buckets{};
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint32_t part = 0;
    std::memcpy(&part, fingerprint.done.data() + band * band_size, band_size);
    std::uint64_t hash = app ^ (std::uint64_t{part} << 8U | band) * 0x9E3779B97F4A7C15U;
    hash *= 0xBF58476D1CE4E5B9U;
    buckets[band] = (hash >> 32U) & (heads_.size() - 1);
  }
  return buckets;
}

void NearDuplicates::link(std::size_t place, std::uint64_t number, const Buckets& buckets) {
  for (std::size_t band = 0; band < bands; ++band) {
    known_[place].before[band] = heads_[buckets[band]];
    heads_[buckets[band]] = static_cast<std::uint32_t>(number);
  }
}

// As many buckets as there are bands of those that are known.
void NearDuplicates::grow() {
  heads_.assign(heads_.empty() ? 1024 : 2 * heads_.size(), 0);
  for (std::size_t place = 0; place < known_.size(); ++place)
    link(place, place + 1, buckets_of(known_[place].app, known_[place].fingerprint));
}

bool NearDuplicates::let_in(std::uint64_t app, const Fingerprint& fingerprint) {
  if (known_.size() < most_known && heads_.size() < (known_.size() + 1) * bands) grow();
  const Buckets buckets = buckets_of(app, fingerprint);
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint64_t number = heads_[buckets[band]];
    for (std::size_t i = 0; i < most_compared && number != 0 && number + most_known > last_; ++i) {
      const Known& other = known_[(number - 1) % most_known];
      if (other.app == app && likeness(other.fingerprint, fingerprint) >= least_likeness)
        return false;
      number = other.before[band];
    }
  }
  ++last_;
  const std::size_t place = (last_ - 1) % most_known;
  if (place == known_.size()) known_.emplace_back();
  known_[place].fingerprint = fingerprint;
  known_[place].app = app;
  link(place, last_, buckets);
  return true;
}

}  // namespace fieldnote::dataset
