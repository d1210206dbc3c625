// SipHash-2-4 of texts, under a key: the same key gives the same numbers on every machine, and
// without it nobody can tell what a number is of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace fieldnote::dataset {

class KeyedHash {
 public:
  using Key = std::array<std::byte, 16>;
  explicit KeyedHash(const Key& key) : key_(key) {}

  // Of the texts one after the other, each with its length: ("ab", "c") is not ("a", "bc").
  [[nodiscard]] std::uint64_t of(std::initializer_list<std::string_view> texts) const;

 private:
  Key key_;
};

}  // namespace fieldnote::dataset
