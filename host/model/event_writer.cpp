#include "model/event_writer.hpp"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <span>

namespace fieldnote::model {
namespace {

// Appends `,"key":`; keys are the schema's own and need no escaping.
void key(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += name;
  out += "\":";
}

void text(std::string& out, std::string_view name, std::string_view value) {
  key(out, name);
  append_json_string(out, value);
}

void number(std::string& out, std::string_view name, std::int64_t value) {
  key(out, name);
  append_json_number(out, value);
}

void strings(std::string& out, std::span<const std::string_view> list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, list[i]);
  }
  out += ']';
}

void selectors(std::string& out, const Selectors& all) {
  out += '[';
  std::size_t begin = 0;
  for (const std::uint32_t end : all.ends) {
    if (begin > 0) out += ',';
    strings(out, std::span(all.hops).subspan(begin, end - begin));
    begin = end;
  }
  out += ']';
}

void numbers(std::string& out, std::string_view name, std::span<const std::int32_t> list) {
  key(out, name);
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append_json_number(out, list[i]);
  }
  out += ']';
}

void flag(std::string& out, std::string_view name) {
  key(out, name);
  out += "true";
}

void belongings(std::string& out, std::span<const Belonging> list) {
  key(out, "within");
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    out += i > 0 ? ",{" : "{";
    text(out, "role", list[i].role);
    text(out, "name", list[i].name);
    if (list[i].content) flag(out, "content");
    out += '}';
  }
  out += ']';
}

void entry(std::string& out, const Entry& value) {
  key(out, "entry");
  out += R"({"by":[)";
  for (std::size_t i = 0; i < value.by.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, word(value.by[i]));
  }
  out += ']';
  if (value.amount) text(out, "amount", word(*value.amount));
  if (!value.keys.empty()) {
    key(out, "keys");
    strings(out, value.keys);
  }
  out += '}';
}

void files(std::string& out, const Files& value) {
  key(out, "files");
  out += '{';
  number(out, "number", value.number);
  key(out, "types");
  strings(out, value.types);
  out += '}';
}

void changes(std::string& out, std::span<const Change> list) {
  key(out, "changes");
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    out += i > 0 ? ",{" : "{";
    text(out, "what", word(list[i].what));
    if (list[i].text) text(out, "text", *list[i].text);
    out += '}';
  }
  out += ']';
}

void outline(std::string& out, const Event& event) {
  const Outline& value = event.outline;
  key(out, "outline");
  out += '{';
  text(out, "digest", value.digest);
  if (event.kind != Kind::outline) {
    text(out, "state", value.fresh ? "fresh" : "stale");
    if (value.ref) text(out, "ref", *value.ref);
  } else {
    text(out, "dialect", value.dialect);
    if (!value.frames.empty()) numbers(out, "frames", value.frames);
    key(out, "lines");
    strings(out, value.lines);
  }
  out += '}';
}

void shape(std::string& out, const Shape& value) {
  out += '{';
  text(out, "length", value.length);
  key(out, "characters");
  strings(out, value.characters);
  text(out, "lines", value.lines);
  out += '}';
}

// How many bytes from the start of `text` need no escaping, eight at a time (the last few are left
// to be looked at one by one).
std::size_t plain_beginning(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t high = 0x8080808080808080;
  // The high bit of a byte where it is zero; beyond the first such byte it may be set wrongly.
  const auto zeros = [](std::uint64_t v) { return (v - ones) & ~v & high; };
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t v = 0;
    std::memcpy(&v, text.data() + i, 8);
    const std::uint64_t control = (v - ones * 0x20) & ~v & high;
    if ((control | zeros(v ^ (ones * '"')) | zeros(v ^ (ones * '\\'))) != 0) break;
  }
  return i;
}

}  // namespace

void append_json_string(std::string& out, std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = plain_beginning(value); i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(value, from, i - from);
    from = i + 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += "\\u00";
      out += hex[c >> 4];
      out += hex[c & 15];
    }
    i += plain_beginning(value.substr(from));
  }
  out.append(value, from);
  out += '"';
}

void append_json_number(std::string& out, std::int64_t value) {
  std::array<char, 24> room{};
  const auto end = std::to_chars(room.data(), room.data() + room.size(), value).ptr;
  out.append(room.data(), end);
}

void append_target(std::string& out, const Target& target) {
  out += '{';
  text(out, "role", target.role);
  text(out, "name", target.name);
  if (target.content) flag(out, "content");
  if (target.label) text(out, "label", *target.label);
  text(out, "tag", target.tag);
  if (target.type) text(out, "type", *target.type);
  key(out, "selectors");
  selectors(out, target.selectors);
  if (!target.selectors.matches.empty()) numbers(out, "matches", target.selectors.matches);
  numbers(out, "box", target.box);
  if (target.point) numbers(out, "point", *target.point);
  if (target.viewport) numbers(out, "viewport", *target.viewport);
  if (!target.frames.empty()) numbers(out, "frames", target.frames);
  if (!target.within.empty()) belongings(out, target.within);
  out += '}';
}

void append_value(std::string& out, const Value& value) {
  out += '{';
  text(out, "class", word(value.field_class));
  text(out, "disclosure", word(value.disclosure));
  if (value.text) text(out, "text", *value.text);
  if (value.has_options) {
    key(out, "options");
    strings(out, value.options);
  }
  if (value.checked) {
    key(out, "checked");
    out += *value.checked ? "true" : "false";
  }
  if (value.shape) {
    key(out, "shape");
    shape(out, *value.shape);
  }
  if (value.cut) flag(out, "cut");
  out += '}';
}

void append_act(std::string& out, const Event& event) {
  if (event.navigation) text(out, "navigation", word(*event.navigation));
  if (event.title) text(out, "title", *event.title);
  if (event.has_target) {
    key(out, "target");
    append_target(out, event.target);
  }
  if (event.has_onto) {
    key(out, "onto");
    append_target(out, event.onto);
  }
  if (event.has_value) {
    key(out, "value");
    append_value(out, event.value);
  }
  if (event.entry) entry(out, *event.entry);
  if (event.files) files(out, *event.files);
  if (event.key) text(out, "key", *event.key);
  if (!event.modifiers.empty()) {
    key(out, "modifiers");
    strings(out, event.modifiers);
  }
  if (event.middle_button) text(out, "button", "middle");
  if (event.scroll) numbers(out, "scroll", *event.scroll);
  if (event.size) text(out, "size", *event.size);
  if (!event.changes.empty()) changes(out, event.changes);
  if (event.has_outline) outline(out, event);
}

void append_held(std::string& out, const Event& event) {
  out += '{';
  text(out, "kind", word(event.kind));
  text(out, "stream", event.stream);
  number(out, "seq", static_cast<std::int64_t>(event.seq));
  text(out, "scope", event.scope);
  text(out, "document", event.document);
  number(out, "n", event.n);
  number(out, "tab", event.tab);
  number(out, "frame", event.frame);
  text(out, "app", event.app);
  if (event.task) text(out, "task", *event.task);
  if (bears_url(event.kind)) text(out, "url", event.url);
  if (event.cause) number(out, "cause", *event.cause);
  if (event.cause_document) text(out, "cause_document", *event.cause_document);
  append_act(out, event);
  out += '}';
}

}  // namespace fieldnote::model
