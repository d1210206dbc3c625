// What a fuzz target is given, as the parsers take it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace fieldnote::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// What must hold whatever comes in; a breach is a finding.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace fieldnote::fuzz
