#include "dataset/release/sightings.hpp"

#include <cryptopp/siphash.h>

#include <algorithm>
#include <cstring>

#include "platform/random.hpp"
#include "seal/crypto_bytes.hpp"

namespace fieldnote::dataset {

Sightings::Sightings(platform::fs::path folder)
    : folder_(std::move(folder)), shown_(folder_, most_in_memory) {
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

Result<void> Sightings::add(const Mark& mark) {
  const std::scoped_lock lock(guard_);
  return shown_.add(mark);
}

Result<void> Sightings::finish() {
  if (shown_.has_spilled())
    if (auto opened = file_.open(folder_); !opened) return opened;
  Counted last;
  bool fits = true;
  const auto end_last = [&]() -> Result<void> {
    if (last.people == 0) return {};
    if (fits) people_.emplace(last.mark, last.people);
    if (!file_.is_open()) return {};
    fits = fits && people_.size() < most_counted;
    return keep(last);
  };
  auto all = shown_.take_each([&](const Mark& mark) -> Result<void> {
    if (last.people == 0 || !(last.mark == mark)) {
      if (auto ended = end_last(); !ended) return ended;
      last = {mark, 0, 0};
    }
    ++last.people;
    return {};
  });
  if (!all) return all;
  if (auto ended = end_last(); !ended) return ended;
  if (!fits) {
    people_ = {};
    return write_block();
  }
  file_ = {};
  first_ = {};
  return {};
}

Result<void> Sightings::keep(const Counted& counted) {
  block_.push_back(counted);
  return block_.size() < counted_a_block ? Result<void>() : write_block();
}

Result<void> Sightings::write_block() {
  if (block_.empty()) return {};
  first_.push_back(block_.front().mark);
  auto written = file_.append(std::as_bytes(std::span<const Counted>(block_)));
  block_.clear();
  return written;
}

std::uint32_t Sightings::people(Clear where, std::string_view counted) const {
  const Mark wanted = mark(where, counted);
  if (file_.is_open()) return people_on_disk(wanted);
  const auto at = people_.find(wanted);
  return at == people_.end() ? 0 : at->second;
}

// What cannot be read was seen from nobody: it is held back.
std::uint32_t Sightings::people_on_disk(const Mark& mark) const {
  const auto after = std::upper_bound(first_.begin(), first_.end(), mark);
  if (after == first_.begin()) return 0;
  const auto number = static_cast<std::uint64_t>(after - first_.begin() - 1);
  const std::uint64_t offset = number * counted_a_block * sizeof(Counted);
  std::array<Counted, counted_a_block> room{};
  const std::size_t count =
      std::min<std::uint64_t>(counted_a_block, (file_.size() - offset) / sizeof(Counted));
  const auto block = std::span(room).first(count);
  if (!file_.read(offset, std::as_writable_bytes(block))) return 0;
  const auto at = std::lower_bound(block.begin(), block.end(), mark,
                                   [](const Counted& a, const Mark& b) { return a.mark < b; });
  return at != block.end() && at->mark == mark ? at->people : 0;
}

}  // namespace fieldnote::dataset
