// All keywords and context words of the table, looked for in one pass: the first three bytes of a
// place are looked up in 8 KiB of bits, and only where a literal may begin is more compared.
#pragma once

#include <array>
#include <cstdint>
#include <span>
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
    char before = ' ';
    for (std::size_t at = 0; at + 3 <= folded.size(); before = folded[at++]) {
      const std::uint32_t gram = gram_at(folded.data() + at);
      const std::uint32_t bit = bit_of(gram);
      // Within a word only few may begin.
      const Bits& begins = before >= 'a' && before <= 'z' ? begin_anywhere_ : begin_;
      if ((begins[bit / 64] >> (bit % 64) & 1) == 0) continue;
      const Bucket& bucket = buckets_[place_of(gram)];
      const char fourth = at + 3 < folded.size() ? folded[at + 3] : '\0';
      for (std::uint16_t i = bucket.first; i < bucket.last; ++i) {
        const Literal& literal = literals_[i];
        if (literal.text.size() > 3 && literal.text[3] != fourth) continue;
        if (stands(literal, folded, at)) f(literal, at);
      }
    }
  }

 private:
  using Bits = std::array<std::uint64_t, 1024>;

  // Literals that begin with the same three bytes; none where `first` is `last`.
  struct Bucket {
    std::uint32_t gram = 0;
    std::uint16_t first = 0, last = 0;
  };

  static std::uint32_t gram_at(const char* at) {
    return std::uint32_t{static_cast<unsigned char>(at[0])} |
           std::uint32_t{static_cast<unsigned char>(at[1])} << 8 |
           std::uint32_t{static_cast<unsigned char>(at[2])} << 16;
  }
  // Of 65,536 bits.
  static std::uint32_t bit_of(std::uint32_t gram) { return (gram * 0x9E3779B1U) >> 16; }

  // Where the bucket of a gram is, or an empty one.
  [[nodiscard]] std::size_t place_of(std::uint32_t gram) const {
    std::size_t place = bit_of(gram) & (buckets_.size() - 1);
    while (buckets_[place].first != buckets_[place].last && buckets_[place].gram != gram)
      place = (place + 1) & (buckets_.size() - 1);
    return place;
  }
  static bool stands(const Literal& literal, std::string_view folded, std::size_t at);

  std::span<const Literal> literals_;
  Bits begin_{}, begin_anywhere_{};
  std::vector<Bucket> buckets_;  // a hash table, at most half full
};

}  // namespace fieldnote::redact
