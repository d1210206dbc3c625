#include "redact/field_words.hpp"

#include <algorithm>

namespace fieldnote::redact {
namespace {

WordClasses bit(const WordRow& row) {
  return WordClasses{1} << row.word_class;
}

const WordRow* find_row(const WordTable& table, std::string_view text) {
  const std::size_t mask = table.slots.size() - 1;
  for (std::size_t slot = word_hash(text) & mask; table.slots[slot] != 0;
       slot = (slot + 1) & mask) {
    const WordRow& row = table.rows[table.slots[slot] - 1U];
    if (table.of(row) == text) return &row;
  }
  return nullptr;
}

const WordRow* find_whole(const WordTable& table, std::string_view text) {
  const auto at =
      std::lower_bound(table.wholes.begin(), table.wholes.end(), text,
                       [&](const WordRow& row, std::string_view t) { return table.of(row) < t; });
  return at != table.wholes.end() && table.of(*at) == text ? &*at : nullptr;
}

// The longest part of a word that begins at `at` in `token`.
const WordPart* part_at(const WordTable& table, std::string_view token, std::size_t at) {
  const auto first = static_cast<unsigned char>(token[at]);
  const std::string_view rest = token.substr(at);
  for (const WordPart& part :
       table.parts.subspan(table.firsts[first], table.firsts[first + 1U] - table.firsts[first]))
    if ((part.opens_before || at == 0) && rest.starts_with(table.of(part.row)) &&
        (part.opens_after || rest.size() == part.row.size))
      return &part;
  return nullptr;
}

}  // namespace

WordClasses classes_in(std::string_view text) {
  const WordTable& table = word_table();
  const FieldTokens tokens(text);
  if (tokens.size() == 0) return 0;
  WordClasses found = 0;
  if (const WordRow* whole = find_whole(table, tokens.whole())) found |= bit(*whole);
  for (std::size_t at = 0; at < tokens.size();) {
    std::size_t count = std::min(table.longest_row, tokens.size() - at);
    const WordRow* row = nullptr;
    for (; count > 0; --count)
      if ((row = find_row(table, tokens.row(at, count))) != nullptr) break;
    if (row != nullptr) {
      found |= bit(*row);
      at += count;
      continue;
    }
    const std::string_view token = tokens.row(at, 1);
    for (std::size_t i = 0; i < token.size();) {
      const WordPart* part = part_at(table, token, i);
      if (part != nullptr) found |= bit(part->row);
      i += part != nullptr ? part->row.size : 1;
    }
    ++at;
  }
  return found;
}

}  // namespace fieldnote::redact
