// All keywords and context words of the table, looked for in one pass: the first three bytes of a
// place are looked up in 8 KiB of bits, and only where a literal may begin is more compared.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "redact/detector.hpp"

namespace fieldnote::redact {

class Literals {
 public:
  explicit Literals(std::span<const Literal> literals);

  // Calls `f(literal, begin)` for each place in `folded` where one stands.
  template <class F>
  void each(std::string_view folded, F&& f) const {
    for (std::size_t at = 0; at + 3 <= folded.size(); ++at) {
      const std::uint32_t gram = gram_at(folded.data() + at);
      const std::uint32_t bit = bit_of(gram);
      if ((begins_[bit / 64] >> (bit % 64) & 1) == 0) continue;
      const Bucket* bucket = bucket_of(gram);
      if (bucket == nullptr) continue;
      for (std::uint16_t i = bucket->first; i < bucket->last; ++i)
        if (stands(literals_[i], folded, at)) f(literals_[i], at);
    }
  }

 private:
  struct Bucket {
    std::uint32_t gram;
    std::uint16_t first, last;
  };

  static std::uint32_t gram_at(const char* at) {
    std::uint32_t gram = 0;
    std::memcpy(&gram, at, 3);
    return gram;
  }
  // Of 65,536 bits.
  static std::uint32_t bit_of(std::uint32_t gram) { return (gram * 0x9E3779B1U) >> 16; }

  [[nodiscard]] const Bucket* bucket_of(std::uint32_t gram) const;
  static bool stands(const Literal& literal, std::string_view folded, std::size_t at);

  std::span<const Literal> literals_;
  std::array<std::uint64_t, 1024> begins_{};
  std::vector<Bucket> buckets_;  // by gram
};

}  // namespace fieldnote::redact
