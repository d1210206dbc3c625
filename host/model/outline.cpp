#include "model/outline.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/event_writer.hpp"

namespace fieldnote::model {
namespace {

// In the order in which they are written.
constexpr std::array<std::string_view, 12> states{
    "checked",         "checked=mixed",    "disabled", "expanded",      "active",   "invalid",
    "invalid=grammar", "invalid=spelling", "pressed",  "pressed=mixed", "selected", "aria-hidden"};
constexpr std::size_t level_before = 8;  // [level=2] stands before [pressed]

// Sorted.
constexpr std::array<std::string_view, 83> roles{
    "alert",         "alertdialog",  "application", "article",       "banner",
    "blockquote",    "button",       "caption",     "cell",          "checkbox",
    "code",          "columnheader", "combobox",    "complementary", "contentinfo",
    "definition",    "deletion",     "dialog",      "directory",     "document",
    "emphasis",      "feed",         "figure",      "form",          "generic",
    "grid",          "gridcell",     "group",       "heading",       "iframe",
    "img",           "insertion",    "link",        "list",          "listbox",
    "listitem",      "log",          "main",        "mark",          "marquee",
    "math",          "menu",         "menubar",     "menuitem",      "menuitemcheckbox",
    "menuitemradio", "meter",        "navigation",  "note",          "option",
    "paragraph",     "progressbar",  "radio",       "radiogroup",    "region",
    "row",           "rowgroup",     "rowheader",   "scrollbar",     "search",
    "searchbox",     "separator",    "slider",      "spinbutton",    "status",
    "strong",        "subscript",    "superscript", "switch",        "tab",
    "table",         "tablist",      "tabpanel",    "term",          "text",
    "textbox",       "time",         "timer",       "toolbar",       "tooltip",
    "tree",          "treegrid",     "treeitem"};

// A whole number without a sign, at most `most`.
std::optional<unsigned> number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failed] = std::from_chars(text.data(), end, value);
  if (failed != std::errc() || rest != end || text.empty() || value > most) return std::nullopt;
  return value;
}

// Takes what stands before the next `mark` from the front of `rest`.
std::string_view take(std::string_view& rest, char mark) {
  const std::string_view piece = rest.substr(0, rest.find(mark));
  rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
  return piece;
}

bool read_states(std::string_view words, OutlineLine& line) {
  while (!words.empty()) {
    const std::string_view word = take(words, ' ');
    if (word.starts_with("level=")) {
      const auto level = number(word.substr(6), 999);
      if (!level || *level == 0) return false;
      line.level = *level;
    } else if (word.starts_with("frame=")) {
      line.frame = number(word.substr(6), 65'535);
      if (!line.frame || line.role != "iframe") return false;
    } else {
      const auto at = std::find(states.begin(), states.end(), word);
      if (at == states.end()) return false;
      line.states |= 1U << static_cast<unsigned>(at - states.begin());
    }
  }
  return true;
}

bool read_ref(std::string_view word, OutlineLine& line) {
  line.pointer = word.ends_with('*');
  if (line.pointer) word.remove_suffix(1);
  line.ref = word;
  return word.empty() || (word.size() <= 12 && word.front() == 'e' && number(word.substr(1), ~0U));
}

bool read_text(std::string_view piece, OutlineLine& line) {
  if (piece.starts_with('r')) {
    line.rule = piece.substr(1);
    return !line.rule.empty();
  }
  if (piece.size() < 2) return false;
  std::optional<OutlineText>* field = nullptr;
  switch (piece[0]) {
    case 'n':
      field = &line.name;
      break;
    case 't':
      field = &line.text;
      break;
    case 'u':
      field = &line.url;
      break;
    case 'p':
      field = &line.placeholder;
      break;
    default:
      return false;
  }
  if (field->has_value()) return false;
  OutlineText& text = field->emplace();
  const char telling = piece[1];
  piece.remove_prefix(2);
  if (telling == 'w' || telling == 'c') {
    text.telling = telling == 'w' ? Telling::words : Telling::content;
  } else if ((telling == 'p' || telling == 'k') && field == &line.text) {
    text.telling = telling == 'p' ? Telling::placeholder : Telling::clear;
    const std::size_t comma = piece.find(',');
    const auto field_class = from_word<FieldClass>(piece.substr(0, comma));
    if (comma == std::string_view::npos || !field_class) return false;
    text.field_class = *field_class;
    piece.remove_prefix(comma + 1);
  } else {
    return false;
  }
  text.text = piece;
  return true;
}

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

void append_key(std::string& out, std::string_view key) {
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

void append_value(std::string& out, std::string_view value) {
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

void append_start(std::string& out, std::size_t depth) {
  out.append(2 * depth, ' ');
  out += "- ";
}

}  // namespace

std::optional<OutlineLine> read_outline_line(std::string_view wire,
                                             std::optional<std::size_t> after) {
  OutlineLine line;
  const auto depth = number(take(wire, '\t'), most_outline_depth);
  if (!depth || *depth > (after ? *after + 1 : 0)) return std::nullopt;
  line.depth = *depth;
  std::string_view head = take(wire, '\t');
  line.role = take(head, ' ');
  if (!std::binary_search(roles.begin(), roles.end(), line.role) || !read_states(head, line) ||
      !read_ref(take(wire, '\t'), line))
    return std::nullopt;
  while (!wire.empty())
    if (!read_text(take(wire, '\t'), line)) return std::nullopt;
  return line;
}

void OutlineWriter::write(std::string& out, const OutlineLine& line, const OutlineLine* next) {
  if (line.role == "text") {
    append_start(out, line.depth);
    out += "text: ";
    append_value(out, line.text ? line.text->text : std::string_view());
    out += '\n';
    return;
  }
  if (pointer_above_ != none && line.depth <= pointer_above_) pointer_above_ = none;
  std::string key(line.role);
  if (line.name && !line.name->text.empty()) {
    key += ' ';
    append_json_string(key, line.name->text);
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (i == level_before && line.level > 0) key += " [level=" + std::to_string(line.level) + ']';
    if ((line.states >> i & 1U) == 0) continue;
    key += " [";
    key += states[i];
    key += ']';
  }
  if (!line.ref.empty()) {
    key += " [ref=";
    key += line.ref;
    key += ']';
    if (line.pointer && pointer_above_ == none) {
      key += " [cursor=pointer]";
      pointer_above_ = line.depth;
    }
  }
  if (line.frame) key += " [frame=" + std::to_string(*line.frame) + ']';

  const bool has_text = line.text && !line.text->text.empty();
  const bool has_props = line.url || line.placeholder;
  append_start(out, line.depth);
  append_key(out, key);
  if (has_text && !has_props) {
    out += ": ";
    append_value(out, line.text->text);
  } else if (has_props || (next != nullptr && next->depth > line.depth)) {
    out += ':';
  }
  out += '\n';
  const auto prop = [&](std::string_view name, std::string_view text) {
    append_start(out, line.depth + 1);
    out += name;
    append_value(out, text);
    out += '\n';
  };
  if (line.url) prop("/url: ", line.url->text);
  if (line.placeholder) prop("/placeholder: ", line.placeholder->text);
  if (has_text && has_props) prop("text: ", line.text->text);
}

}  // namespace fieldnote::model
