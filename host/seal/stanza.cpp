#include "seal/stanza.hpp"

#include <algorithm>

#include "seal/base64.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view opening = "-> ";

Error refuse(std::string why) {
  return seal_error(SealError::bad_header, std::move(why));
}

bool is_visible(char c) {
  return c >= 0x21 && c <= 0x7e;
}

}  // namespace

void append_stanza(std::string& header, const Stanza& stanza) {
  header += opening;
  header += stanza.type;
  for (const std::string& argument : stanza.arguments) {
    header += ' ';
    header += argument;
  }
  header += '\n';
  const std::string body = base64_encode(stanza.body, Base64Padding::unpadded);
  // One line more than there are full ones, so that a body always ends with a short line.
  for (std::size_t at = 0; at <= body.size(); at += body_columns) {
    header += std::string_view(body).substr(at, body_columns);
    header += '\n';
  }
}

Result<Stanza> parse_stanza_line(std::string_view line) {
  if (!line.starts_with(opening)) return refuse("neither a stanza (->) nor the end (---)");
  line.remove_prefix(opening.size());
  std::vector<std::string> words;
  while (true) {
    const std::size_t space = line.find(' ');
    const std::string_view word = line.substr(0, space);
    if (word.empty()) return refuse("a stanza with an empty argument");
    if (!std::all_of(word.begin(), word.end(), is_visible))
      return refuse("a stanza with a character that is not visible ASCII");
    words.emplace_back(word);
    if (space == std::string_view::npos) break;
    line.remove_prefix(space + 1);
  }
  Stanza stanza;
  stanza.type = std::move(words.front());
  words.erase(words.begin());
  stanza.arguments = std::move(words);
  return stanza;
}

}  // namespace fieldnote::seal
