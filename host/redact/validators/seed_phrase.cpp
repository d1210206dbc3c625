// BIP-39: 12, 15, 18, 21 or 24 words of a list of 2048, the last bits of the last one a check sum.
#include <cryptopp/sha.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "redact/validators.hpp"

namespace fieldnote::redact::validate {
namespace {

constexpr std::size_t list_size = 2048, most_words = 24, bits_a_word = 11;

// Blank after each.
constexpr std::string_view words =
#include "redact/validators/bip39_words.inc"
    ;

constexpr auto starts = [] {
  std::array<std::uint16_t, list_size> at{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < words.size(); i = words.find(' ', i) + 1)
    at[count++] = static_cast<std::uint16_t>(i);
  return at;
}();

std::string_view word_at(std::size_t number) {
  return words.substr(starts[number], words.find(' ', starts[number]) - starts[number]);
}

std::optional<std::size_t> number_of(std::string_view word) {
  constexpr std::size_t shortest = 3, longest = 8;
  if (word.size() < shortest || word.size() > longest) return std::nullopt;
  std::size_t low = 0, high = list_size;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (word_at(middle) < word)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == list_size || word_at(low) != word) return std::nullopt;
  return low;
}

using Numbers = std::array<std::uint16_t, most_words>;

bool checks(const Numbers& numbers, std::size_t count) {
  std::array<std::uint8_t, 33> bits{};
  for (std::size_t bit = 0; bit < count * bits_a_word; ++bit)
    if ((numbers[bit / bits_a_word] >> (bits_a_word - 1 - bit % bits_a_word) & 1) != 0)
      bits[bit / 8] |= static_cast<std::uint8_t>(0x80 >> bit % 8);
  const std::size_t entropy = count * 4 / 3;  // bytes
  std::array<std::uint8_t, CryptoPP::SHA256::DIGESTSIZE> digest{};
  CryptoPP::SHA256().CalculateDigest(digest.data(), bits.data(), entropy);
  const auto mask = static_cast<std::uint8_t>(0xFF00 >> count / 3);
  return (digest[0] & mask) == (bits[entropy] & mask);
}

}  // namespace

// Somewhere in the span: what stands around a phrase may be words too.
bool seed_phrase(std::string_view span) {
  Numbers last{};  // the words just before `at`, as a ring
  std::size_t run = 0;
  constexpr std::string_view between = " \t\r\n,.;:)-0123456789";  // numbered lists as well
  for (auto at = span.find_first_not_of(between); at != std::string_view::npos;
       at = span.find_first_not_of(between, at)) {
    const auto end = std::min(span.find_first_of(between, at), span.size());
    std::string word(span.substr(at, end - at));
    for (char& c : word) c = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0));
    const auto number = number_of(word);
    at = end;
    if (!number) {
      run = 0;
      continue;
    }
    last[run++ % most_words] = static_cast<std::uint16_t>(*number);
    for (std::size_t count = 12; count <= std::min(run, most_words); count += 3) {
      Numbers phrase{};
      for (std::size_t i = 0; i < count; ++i) phrase[i] = last[(run - count + i) % most_words];
      if (checks(phrase, count)) return true;
    }
  }
  return false;
}

}  // namespace fieldnote::redact::validate
