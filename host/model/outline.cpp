#include "model/outline.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/dialect.hpp"
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
    append_dialect_value(out, line.text ? line.text->text : std::string_view());
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
  append_dialect_key(out, key);
  if (has_text && !has_props) {
    out += ": ";
    append_dialect_value(out, line.text->text);
  } else if (has_props || (next != nullptr && next->depth > line.depth)) {
    out += ':';
  }
  out += '\n';
  const auto prop = [&](std::string_view name, std::string_view text) {
    append_start(out, line.depth + 1);
    out += name;
    append_dialect_value(out, text);
    out += '\n';
  };
  if (line.url) prop("/url: ", line.url->text);
  if (line.placeholder) prop("/placeholder: ", line.placeholder->text);
  if (has_text && has_props) prop("text: ", line.text->text);
}

}  // namespace fieldnote::model
