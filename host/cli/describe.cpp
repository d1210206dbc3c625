#include "cli/describe.hpp"

#include "cli/terminal.hpp"

namespace fieldnote::cli {

std::string describe(const model::Target& target) {
  std::string text(target.role);
  if (!target.name.empty()) text += " \"" + printable(target.name) + '"';
  return text;
}

std::string describe(const model::Value& value) {
  using enum model::Disclosure;
  const std::string field(model::word(value.field_class));
  switch (value.disclosure) {
    case withheld:
      return "withheld (" + field + ')';
    case shape: {
      if (!value.shape) return "shape (" + field + ')';
      std::string text = "shape (" + field + ": " + std::string(value.shape->length);
      for (const std::string_view characters : value.shape->characters)
        text += ' ' + std::string(characters);
      return text + ')';
    }
    case placeholder:
      return value.text && !value.text->empty() ? printable(*value.text) : "(emptied)";
    case clear:
      break;
  }
  if (value.checked) return *value.checked ? "on" : "off";
  std::string text;
  for (const std::string_view option : value.options) {
    if (!text.empty()) text += ", ";
    text += '"' + printable(option) + '"';
  }
  if (value.text) text += '"' + printable(*value.text) + '"';
  return text;
}

namespace {

std::string describe(const model::Change& change) {
  std::string text(model::word(change.what));
  if (change.text && !change.text->empty()) text += " \"" + printable(*change.text) + '"';
  return text;
}

std::string describe(const model::Files& files) {
  std::string text = counted(static_cast<std::uint64_t>(files.number), "file");
  for (const std::string_view type : files.types) text += ' ' + printable(type);
  return text;
}

// What was pressed, with what is held down for it: Control+Shift+k.
std::string pressed(const model::Event& event) {
  std::string text;
  for (const std::string_view modifier : event.modifiers) {
    text += static_cast<char>(modifier.front() - 'a' + 'A');
    text += modifier.substr(1);
    text += '+';
  }
  return text + printable(event.key.value_or(event.middle_button ? "middle button" : "click"));
}

}  // namespace

std::string describe_target(const model::Event& event) {
  std::string text;
  const auto add = [&text](const std::string& words) {
    if (!text.empty() && !words.empty()) text += "  ";
    text += words;
  };
  if (event.navigation) add(std::string(model::word(*event.navigation)));
  if (event.title) add('"' + printable(*event.title) + '"');
  if (event.has_target) add(describe(event.target));
  if (event.has_onto) add("onto " + describe(event.onto));
  if (event.key || event.middle_button || !event.modifiers.empty()) add(pressed(event));
  if (event.scroll)
    add("to " + std::to_string((*event.scroll)[0]) + ", " + std::to_string((*event.scroll)[1]));
  if (event.size) add(printable(*event.size) + " characters");
  if (event.files) add(describe(*event.files));
  if (event.entry) {
    std::string ways;
    for (const model::Provenance by : event.entry->by)
      ways += (ways.empty() ? "" : ", ") + std::string(model::word(by));
    add(ways);
  }
  for (const model::Change& change : event.changes) add(describe(change));
  if (event.kind == model::Kind::outline)
    add("of the page, " + counted(event.outline.lines.size(), "line"));
  else if (event.has_outline && event.outline.ref)
    add('[' + std::string(*event.outline.ref) + ']');
  return text;
}

}  // namespace fieldnote::cli
