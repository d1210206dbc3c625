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

// Of all that terms say, so that a row is known to be as it was stored.
inline seal::Digest digest_of(const Terms& terms) {
  seal::Sha256 digest;
  for (const seal::Digest& part : {terms.policy, terms.notice, terms.receipt})
    digest.update(part.bytes);
  // Only the recipients may hold any byte, and they come last.
  digest.update(platform::as_bytes(std::to_string(terms.organisation.size()) + ' ' +
                                   terms.organisation + std::to_string(terms.min_participants) +
                                   ' ' + std::to_string(terms.window.count()) + ' ' +
                                   terms.recipients));
  return digest.finish();
}

inline Error damaged(const fs::path& folder, std::string_view what) {
  return {SpoolError::damaged, (folder / "spool.db").string() + ": " + std::string(what)};
}

}  // namespace fieldnote::spool
