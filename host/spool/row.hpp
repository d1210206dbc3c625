// What the reading and the writing half of the spool share of a held row. Private to spool*.cpp.
#pragma once

#include <algorithm>

#include "spool/spool.hpp"

namespace fieldnote::spool {

inline Place place_of(const StreamId& stream, std::uint64_t seq, std::uint32_t schema) {
  Place place{};
  std::copy(stream.bytes.begin(), stream.bytes.end(), place.begin());
  for (std::size_t i = 0; i < 8; ++i) place[16 + i] = static_cast<std::byte>(seq >> (56 - 8 * i));
  for (std::size_t i = 0; i < 4; ++i)
    place[24 + i] = static_cast<std::byte>(schema >> (24 - 8 * i));
  return place;
}

inline Error damaged(const fs::path& folder, std::string_view what) {
  return {SpoolError::damaged, (folder / "spool.db").string() + ": " + std::string(what)};
}

}  // namespace fieldnote::spool
