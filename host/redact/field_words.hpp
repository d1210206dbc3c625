// What the words on a field say of it (manifest/field-words.json, compiled in by
// table/make_field_table.cpp). The page's script looks for some of the same words in the same way
// (extension/src/content/field_words.ts); tests/unit/field_cases.json holds both to one table.
// Linear in the text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/words.hpp"

namespace fieldnote::redact {

// A set of classes that words name: bit i is the class i of model::FieldClass, and then:
using WordClasses = std::uint32_t;
inline constexpr unsigned maybe_one_time_code = model::Words<model::FieldClass>::list.size();
inline constexpr unsigned maybe_payment_card = maybe_one_time_code + 1;  // with a second sign
inline constexpr unsigned plain = maybe_payment_card + 1;  // looks like another and is none
static_assert(plain < 32);

// Words without case and accents, identifiers taken apart: "newPass_word2" is new, pass, word, 2.
// Of a long text the beginning.
class FieldTokens {
 public:
  explicit FieldTokens(std::string_view text);

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  // `count` tokens in a row, one blank between them.
  [[nodiscard]] std::string_view row(std::size_t at, std::size_t count) const;
  // All but the numbers.
  [[nodiscard]] std::string whole() const;

 private:
  std::string text_;  // with one blank after each token
  std::vector<std::uint32_t> ends_;
};

// Text lies in WordTable::text.
struct WordRow {
  std::uint32_t at;
  std::uint8_t size;
  std::uint8_t word_class;
};

struct WordPart {
  WordRow row;
  bool opens_before, opens_after;  // may stand inside of a word
};

struct WordTable {
  std::string_view text;
  std::span<const WordRow> rows;
  std::span<const WordRow> wholes;        // count only as all that a text says; sorted
  std::span<const std::uint16_t> slots;   // of rows by word_hash, open addressing; 0: empty, n: n-1
  std::span<const WordPart> parts;        // by first byte, longest first
  std::span<const std::uint16_t> firsts;  // where the parts of a first byte begin; 257 of them
  std::size_t longest_row;                // in words

  [[nodiscard]] std::string_view of(const WordRow& row) const {
    return text.substr(row.at, row.size);
  }
};

[[nodiscard]] const WordTable& word_table();

// FNV-1a.
[[nodiscard]] constexpr std::uint32_t word_hash(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash ^ hash >> 15U;
}

// The classes that the words of a text name.
[[nodiscard]] WordClasses classes_in(std::string_view text);

}  // namespace fieldnote::redact
