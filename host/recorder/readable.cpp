#include "recorder/readable.hpp"

#include "redact/placeholder_text.hpp"

namespace fieldnote::recorder {
namespace {

// The end of a quoted text that begins at `at`, behind its closing quote; npos where it has none.
std::size_t quoted_end(std::string_view line, std::size_t at) {
  for (std::size_t i = at + 1; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (line[i] == '"')
      return i + 1;
  }
  return std::string_view::npos;
}

// Appends what is between the quotes, without escapes of quotes and backslashes.
std::string_view unquoted(std::string_view quoted, std::string& room) {
  const std::size_t from = room.size();
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && (quoted[i + 1] == '"' || quoted[i + 1] == '\\')) ++i;
    room += quoted[i];
  }
  return std::string_view(room).substr(from);
}

}  // namespace

bool has_words(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t masked = redact::placeholder_length(text.substr(i)); masked > 0) {
      i += masked;
      continue;
    }
    const auto c = static_cast<unsigned char>(text[i++]);
    if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      return true;
  }
  return false;
}

OutlineLineTexts texts_of(std::string_view line, std::string& room) {
  OutlineLineTexts texts;
  room.clear();
  room.reserve(line.size());  // the views below stay good
  line.remove_prefix(std::min(line.size(), line.find_first_not_of(" -")));
  texts.is_address = line.starts_with("/url:");
  // A line with a colon in its name is quoted as a whole, by single quotes.
  if (line.starts_with('\'')) line.remove_prefix(1);
  std::size_t behind = 0;
  const std::size_t colon = line.find(": ");
  if (const std::size_t quote = line.find('"'); quote < colon) {
    const std::size_t end = quoted_end(line, quote);
    if (end == std::string_view::npos) return texts;
    texts.name = unquoted(line.substr(quote, end - quote), room);
    behind = end;
  }
  const std::size_t text = line.find(": ", behind);
  if (text == std::string_view::npos) return texts;
  line.remove_prefix(text + 2);
  texts.text =
      line.starts_with('"') && quoted_end(line, 0) == line.size() ? unquoted(line, room) : line;
  return texts;
}

}  // namespace fieldnote::recorder
