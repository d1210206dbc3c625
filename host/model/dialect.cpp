#include "model/dialect.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "model/event_writer.hpp"

namespace fieldnote::model {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

// Whether JavaScript's `Number(text)` is one (ECMA-262, StringNumericLiteral); `text` has no white
// space around it.
bool is_number(std::string_view text) {
  if (text.size() > 2 && text[0] == '0') {
    const char base = static_cast<char>(text[1] | 0x20);
    const std::string_view allowed = base == 'x'   ? "0123456789abcdefABCDEF"
                                     : base == 'o' ? "01234567"
                                     : base == 'b' ? "01"
                                                   : "";
    if (!allowed.empty()) return text.find_first_not_of(allowed, 2) == std::string_view::npos;
  }
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text == "Infinity") return true;
  const std::size_t whole = digits(text);
  text.remove_prefix(whole);
  std::size_t fraction = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = digits(text);
    text.remove_prefix(fraction);
  }
  if (whole + fraction == 0) return false;
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && digits(text) == text.size();
}

bool is_yaml_word(std::string_view text) {
  if (text.size() > 5) return false;
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  constexpr std::array<std::string_view, 16> words{
      "y",    "n", "yes",  "no",   "true",  "false", "on",    "off",
      "null", "~", ".inf", ".nan", "+.inf", "-.inf", "+.nan", "-.nan"};
  return std::find(words.begin(), words.end(), lower) != words.end();
}

// C0, DEL and C1 (U+0080 to U+009F, which is C2 80 to C2 9F).
bool is_control(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  return c < 0x20 || c == 0x7f ||
         (c == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0);
}

// What YAML would read as something else. Texts have no white space around them.
bool needs_quotes(std::string_view text) {
  if (text.empty()) return true;
  constexpr std::string_view beginnings = "-&*],?!>|@\"'#%[";
  if (beginnings.find(text.front()) != std::string_view::npos) return true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' || c == '}' || c == '`' || is_control(text, i)) return true;
    if (c == ':' && (i + 1 == text.size() || text[i + 1] == ' ')) return true;
    if (c == '#' && i > 0 && text[i - 1] == ' ') return true;
  }
  return is_number(text) || is_yaml_word(text);
}

// The value of two hex digits; nothing where they are none.
std::optional<unsigned> hex_byte(std::string_view digits) {
  constexpr std::string_view hex = "0123456789abcdef";
  if (digits.size() < 2) return std::nullopt;
  const std::size_t high = hex.find(digits[0]);
  const std::size_t low = hex.find(digits[1]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(high * 16 + low);
}

// What `append_dialect_value` wrote.
std::optional<std::string> read_value(std::string_view text) {
  if (!text.starts_with('"')) return std::string(text);
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"')
      return i + 1 == text.size() ? std::optional(std::move(value)) : std::nullopt;
    if (text[i] != '\\') {
      value += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    if (text[i] != 'x') {
      value += text[i];
      continue;
    }
    const auto code = hex_byte(text.substr(i + 1));
    if (!code) return std::nullopt;
    if (*code >= 0x80) value += '\xc2';
    value += static_cast<char>(*code);
    i += 2;
  }
  return std::nullopt;
}

// Whether it stands for itself in JSON, whatever is around it.
bool is_plain(char c) {
  return c >= 0x20 && c != '\\' && c != '"' && c < 0x7f;
}

// Where a JSON string that begins at 0 ends.
std::size_t end_of_string(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      return i + 1;
  }
  return std::string_view::npos;
}

// A JSON string, with its quotes.
bool read_string(std::string_view text, std::string& out) {
  const std::string_view inner = text.substr(1, text.size() - 2);
  if (std::all_of(inner.begin(), inner.end(), is_plain)) {
    out = inner;
    return true;
  }
  boost::system::error_code failed;
  const auto value = boost::json::parse(text, failed);
  if (failed) return false;
  out = value.get_string();
  return true;
}

bool read_key(std::string_view key, DialectLine& line) {
  const std::size_t end = std::min(key.find(' '), key.size());
  line.role = key.substr(0, end);
  key.remove_prefix(end);
  if (key.starts_with(" \"")) {
    const std::string_view name = key.substr(1);
    const std::size_t length = end_of_string(name);
    if (length == std::string_view::npos) return false;
    if (!read_string(name.substr(0, length), line.name.emplace())) return false;
    key.remove_prefix(1 + length);
  }
  line.marks = key;
  return !line.role.empty();
}

// Where an unquoted key ends: at the colon before a space or the end of the line.
std::size_t end_of_key(std::string_view rest) {
  for (std::size_t i = 0; i < rest.size(); ++i)
    if (rest[i] == ':' && (i + 1 == rest.size() || rest[i + 1] == ' ')) return i;
  return rest.size();
}

}  // namespace

void append_dialect_key(std::string& out, std::string_view key) {
  if (!needs_quotes(key)) {
    out += key;
    return;
  }
  out += '\'';
  for (const char c : key) {
    if (c == '\'') out += '\'';
    out += c;
  }
  out += '\'';
}

void append_dialect_value(std::string& out, std::string_view value) {
  if (!needs_quotes(value)) {
    out += value;
    return;
  }
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (is_control(value, i)) {
      if (static_cast<unsigned char>(c) == 0xc2) ++i;
      const auto code = static_cast<unsigned char>(value[i]);
      out += "\\x";
      out += hex[code >> 4U];
      out += hex[code & 15U];
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  out += '"';
}

std::optional<DialectLine> read_dialect_line(std::string_view text) {
  DialectLine line;
  const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
  line.depth = indent / 2;
  text.remove_prefix(indent);
  if (indent % 2 != 0 || !text.starts_with("- ")) return std::nullopt;
  text.remove_prefix(2);

  std::string key;
  if (text.starts_with('\'')) {
    std::size_t at = 1;
    for (; at < text.size(); ++at) {
      if (text[at] == '\'' && !text.substr(at + 1).starts_with('\'')) break;
      if (text[at] == '\'') ++at;
      key += text[at];
    }
    if (at >= text.size()) return std::nullopt;
    text.remove_prefix(at + 1);
  } else {
    key = text.substr(0, end_of_key(text));
    text.remove_prefix(key.size());
  }
  if (!read_key(key, line)) return std::nullopt;
  if (text.empty()) return line;
  if (text == ":") {
    line.opens = true;
    return line;
  }
  if (!text.starts_with(": ")) return std::nullopt;
  line.value = read_value(text.substr(2));
  return line.value ? std::optional(std::move(line)) : std::nullopt;
}

void append_dialect_line(std::string& out, const DialectLine& line) {
  out.append(2 * line.depth, ' ');
  out += "- ";
  std::string key = line.role;
  if (line.name) {
    key += ' ';
    append_json_string(key, *line.name);
  }
  append_dialect_key(out, key + line.marks);
  if (line.value) {
    out += ": ";
    append_dialect_value(out, *line.value);
  } else if (line.opens) {
    out += ':';
  }
}

}  // namespace fieldnote::model
