#include "redact/literals.hpp"

#include <bit>

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
  std::vector<Bucket> found;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    const Literal& literal = literals[i];
    const std::uint32_t gram = gram_at(literal.text.data());
    const std::uint32_t bit = bit_of(gram);
    begin_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    if (literal.open_before || writes_without_blanks(literal.text))
      begin_anywhere_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    // The table is sorted by text, so that equal beginnings are together.
    const auto number = static_cast<std::uint16_t>(i);
    if (found.empty() || found.back().gram != gram) found.push_back({gram, number, number});
    found.back().last = static_cast<std::uint16_t>(number + 1);
  }
  buckets_.resize(2 * std::bit_ceil(found.size()));
  for (const Bucket& bucket : found) buckets_[place_of(bucket.gram)] = bucket;
}

bool Literals::stands(const Literal& literal, std::string_view folded, std::size_t at) {
  if (!folded.substr(at).starts_with(literal.text)) return false;
  if (writes_without_blanks(literal.text)) return true;
  const std::size_t end = at + literal.text.size();
  return (literal.open_before || at == 0 || !continues_word(folded, at - 1)) &&
         (literal.open_after || end == folded.size() || !continues_word(folded, end));
}

}  // namespace fieldnote::redact
