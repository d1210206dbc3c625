#include "redact/literals.hpp"

#include <algorithm>

namespace fieldnote::redact {
namespace {

// The lead byte of a character of two bytes: Latin, Greek, Cyrillic, Hebrew, Arabic. Scripts
// without blanks have three.
bool continues_word(std::string_view text, std::size_t at) {
  auto c = static_cast<unsigned char>(text[at]);
  while ((c & 0xC0U) == 0x80U && at > 0) c = static_cast<unsigned char>(text[--at]);
  return (c >= 'a' && c <= 'z') || (c >= 0xC3 && c < 0xE0);
}

bool writes_without_blanks(std::string_view word) {
  return static_cast<unsigned char>(word.front()) >= 0xE0;
}

}  // namespace

Literals::Literals(std::span<const Literal> literals) : literals_(literals) {
  for (std::size_t i = 0; i < literals.size(); ++i) {
    const std::uint32_t gram = gram_at(literals[i].text.data());
    const std::uint32_t bit = bit_of(gram);
    begins_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    const auto number = static_cast<std::uint16_t>(i);
    // The table is sorted by text, so that equal beginnings are together.
    if (buckets_.empty() || buckets_.back().gram != gram)
      buckets_.push_back({gram, number, number});
    buckets_.back().last = static_cast<std::uint16_t>(number + 1);
  }
  std::sort(buckets_.begin(), buckets_.end(),
            [](const Bucket& a, const Bucket& b) { return a.gram < b.gram; });
}

const Literals::Bucket* Literals::bucket_of(std::uint32_t gram) const {
  const auto at = std::lower_bound(buckets_.begin(), buckets_.end(), gram,
                                   [](const Bucket& a, std::uint32_t b) { return a.gram < b; });
  return at != buckets_.end() && at->gram == gram ? &*at : nullptr;
}

bool Literals::stands(const Literal& literal, std::string_view folded, std::size_t at) {
  if (!folded.substr(at).starts_with(literal.text)) return false;
  if (writes_without_blanks(literal.text)) return true;
  const std::size_t end = at + literal.text.size();
  return (literal.open_before || at == 0 || !continues_word(folded, at - 1)) &&
         (literal.open_after || end == folded.size() || !continues_word(folded, end));
}

}  // namespace fieldnote::redact
